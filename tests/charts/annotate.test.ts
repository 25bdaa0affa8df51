import { describe, expect, test } from 'vitest';
import { annotated } from '../../src/lib/charts/annotate.ts';
import type { Chart } from '../../src/lib/charts/chart.ts';
import { clusters } from '../../src/lib/charts/week/clusters.ts';
import { handoffs } from '../../src/lib/charts/week/handoffs.ts';
import { returnWeeks } from '../../src/lib/charts/repeats/returnWeeks.ts';
import { trend } from '../../src/lib/charts/trend.ts';
import { waits } from '../../src/lib/charts/week/waits.ts';
import { markLabel, markWords, type Mark } from '../../src/lib/marks.ts';
import { page as repeats } from '../fixtures/repeats.ts';
import { routes, series, week } from '../fixtures/week.ts';
import { draw, rowTexts, shapes, silent, texts } from './draw.ts';

silent();

const first = series[0]?.week;
const points = series.map(({ week, values }) => ({ week, estimate: values.quality_score }));
const line = trend([{ label: 'Quality score', points }], {
	label: 'Quality score',
	unit: 'score',
	floor: 10,
	week,
	first
});

/** The fixture ends with the week of 9 November 2026 and begins 25 weeks before. */
const marks: Mark[] = [
	{ kind: 'version', day: '2026-06-17', name: 'bot 3' },
	{ kind: 'import', day: '2026-06-21', name: 'june.csv' },
	{ kind: 'version', day: '2026-10-12', name: 'bot 4' },
	{ kind: 'fix', day: '2026-11-15', name: 'Refund answers' },
	{ kind: 'import', day: '2026-11-16', name: 'later.csv' }
];

const byWeek: [string, Chart][] = [
	['trend', line],
	['handoffs', handoffs(routes, week, first)],
	['waits', waits(series, { week, first, floor: 10 })],
	[
		'returnWeeks',
		returnWeeks(repeats.series, { label: 'Back', week, first, openFrom: undefined })
	]
];

describe.each(byWeek)('the time axis of %s', (_, chart) => {
	const marked = annotated(chart, { marks });

	test('has a line and a symbol for each week in which something happened, and for no other', () => {
		const [before, after] = [shapes(draw(chart)), shapes(draw(marked))];
		const panels = chart.frame ? 2 : 1;
		// One of 17 and 21 June, one of 12 October, one of 15 November; the 16th is outside.
		expect((after.rule ?? 0) - (before.rule ?? 0)).toBe(3 * panels);
		expect((after.dot ?? 0) - (before.dot ?? 0)).toBe(3 * panels);
	});

	test('says what happened in labels, tooltips, description and table', () => {
		const svg = draw(marked);
		expect(texts(svg).some((text) => /^(bot )?4A/.test(text))).toBe(true);
		const tips = [...svg.querySelectorAll('title')].map((one) => one.textContent);
		expect(tips).toContain(
			'AI version bot 3 from 17 Jun 2026\nimport of june.csv on 21 Jun 2026'
		);
		expect(marked.description).toContain('AI version bot 4 from 12 Oct 2026');
		expect(marked.description).toContain('fix “Refund answers” on 15 Nov 2026');
		expect(marked.description).not.toContain('later.csv');
		const { head } = marked.table;
		const rows = rowTexts(marked.table);
		expect(head.at(-1)).toBe('Marks');
		expect(rows.filter((cells) => cells.at(-1) !== '')).toHaveLength(3);
		expect(rows.find(([name]) => name === '12–18 Oct 2026')?.at(-1)).toBe(
			'AI version bot 4 from 12 Oct 2026'
		);
		for (const cells of rows) expect(cells).toHaveLength(head.length);
	});

	test('leads from each week to what it stands for, in the picture and in the table', () => {
		const linked = annotated(chart, { marks: [], href: (week) => `/?week=${week}` });
		const links = [...draw(linked).querySelectorAll('a')].map(
			(link) => link.getAttribute('href') ?? link.getAttribute('xlink:href')
		);
		const weeks = chart.weeks?.map((week) => `/?week=${week}`) ?? [];
		expect(weeks).toHaveLength(26);
		expect(new Set(links)).toEqual(new Set(weeks));
		expect(linked.table.links).toEqual(weeks);
		expect(linked.linked).toBe(true);
		expect(linked.height).toBe(chart.height);
	});

	test('stays as it is where nothing happened', () => {
		expect(annotated(chart, { marks: [] })).toBe(chart);
	});
});

test('a chart without weeks is left alone', () => {
	const chart = clusters([{ topic: 'A', trigger: 'ai_error', n: 3 }], {
		first: '2026-10-19',
		last: '2026-11-15'
	});
	expect(annotated(chart, { marks, href: () => '/' })).toBe(chart);
});

test('a small figure has symbols without labels and takes no more room', () => {
	const small = annotated(line, { marks, small: true });
	expect(small.height).toBe(line.height);
	expect(texts(draw(small))).toEqual(texts(draw(line)));
	expect((shapes(draw(small)).dot ?? 0) - (shapes(draw(line)).dot ?? 0)).toBe(3);
});

describe('labels', () => {
	/** Where labels lie, from left to right; a letter is about 6.3 px wide. */
	function placesOf(chart: Chart, width: number, words: string[]) {
		const svg = draw(chart, width);
		return [...svg.querySelectorAll('g[aria-label=text]')].flatMap((group) => {
			const said = [...group.querySelectorAll('text')];
			return said.flatMap((text) => {
				const label = text.childNodes[0]?.textContent ?? '';
				if (!words.includes(label)) return [];
				const shift = (element: Element) =>
					Number(
						/translate\((-?[\d.]+)/.exec(
							element.getAttribute('transform') ?? ''
						)?.[1] ?? 0
					);
				const x = shift(group) + shift(text);
				const long = 6.3 * label.length;
				return group.getAttribute('text-anchor') === 'end'
					? [[x - long, x]]
					: [[x, x + long]];
			});
		});
	}

	test.each([320, 380, 660, 1200])('never cover each other at %s px', (width) => {
		const close = ['2026-09-14', '2026-09-28', '2026-10-05', '2026-10-12', '2026-11-09'].map(
			(day, at): Mark => ({ kind: 'version', day, name: `assistant 4.${String(at)}` })
		);
		const chart = annotated(line, { marks: close });
		const words = close.flatMap(({ name }) => [name, name.split(' ')[1] ?? '']);
		const places = placesOf(chart, width, words).sort(([a = 0], [b = 0]) => a - b);
		expect(places.length).toBeGreaterThan(width > 1000 ? 4 : 1);
		for (const [at, [from = 0, to = 0]] of places.entries()) {
			expect(from).toBeGreaterThanOrEqual(0);
			expect(to).toBeLessThanOrEqual(width);
			const next = places[at + 1]?.[0];
			if (next !== undefined) expect(to).toBeLessThanOrEqual(next);
		}
	});

	test('join what falls into one week', () => {
		const of = (...kinds: Mark['kind'][]) =>
			markLabel(kinds.map((kind): Mark => ({ kind, day: '2026-11-09', name: 'shop bot 4' })));
		expect(of('import', 'version')).toBe('shop bot 4, import');
		expect(of('import', 'import', 'fix', 'version')).toBe('shop bot 4, shop bot 4, 2 imports');
		expect(of('version', 'version')).toBe('2 versions');
		const long: Mark = { kind: 'version', day: '2026-11-09', name: 'a-very-long-version-name' };
		expect(markLabel([long])).toBe('a-very-long-v…');
		expect(markLabel([{ ...long, name: 'shop bot 4' }], true)).toBe('4');
	});

	test('name a fix by its topic, and its words say what was done', () => {
		const fix: Mark = { kind: 'fix', day: '2026-11-09', name: 'Article', topic: 'Refunds' };
		expect(markLabel([fix])).toBe('Refunds fix');
		expect(markLabel([fix], true)).toBe('fix');
		expect(markLabel([fix, fix])).toBe('2 fixes');
		expect(markLabel([{ ...fix, topic: 'A-very-long-topic' }])).toBe('A-very-long-t… fix');
		expect(markWords(fix)).toBe('fix “Article” (Refunds) on 9 Nov 2026');
	});
});
