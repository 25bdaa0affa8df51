import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { html } from '../../../src/lib/server/report/html.ts';

const hostile = [
	'<script>alert(1)</script>',
	'" onload="alert(1)',
	"' onload='alert(1)",
	'</td></table><img src=x onerror=alert(1)>',
	'&lt;b&gt; &amp; & &#60;',
	'<!--',
	']]>'
];

/** A document around a piece. */
const documentOf = (piece: unknown) =>
	parseHTML(`<!doctype html><html><body>${String(piece)}</body></html>`).document;

describe('HTML of a report', () => {
	test.each(hostile)('shows %j as it is, in text and in attributes', (text) => {
		const document = documentOf(html`<p title="${text}" class="${text}">${text}</p>`);
		expect(document.body.children).toHaveLength(1);
		const p = document.querySelector('p');
		expect(p?.textContent).toBe(text);
		expect(p?.getAttribute('title')).toBe(text);
		expect([...(p?.attributes ?? [])].map(({ name }) => name)).toEqual(['title', 'class']);
		expect(p?.children).toHaveLength(0);
	});

	test('writes lists and pieces one after the other, and nothing for nothing', () => {
		const items = ['a', 'b<'].map((one) => html`<li>${one}</li>`);
		expect(String(html`${items}${null}${undefined}${false}${0}`)).toBe(
			'<li>a</li><li>b&lt;</li>0'
		);
	});

	test('leaves out control characters and those that turn the direction of the text', () => {
		expect(String(html`${'a\u0000\u202eb\u2066c\u001b[31m\nd'}`)).toBe('abc[31m d');
	});
});
