import { describe, expect, test } from 'vitest';
import { timelineChart } from '../../src/lib/charts/handoff/timeline.ts';
import type { Handoff } from '../../src/lib/handoff.ts';
import { timeline } from '../../src/lib/timeline.ts';
import { silentHandoff } from '../fixtures/handoff.ts';
import { draw, rowTexts, silent, texts } from './draw.ts';

silent();

const min = 60;
const d = 86_400;

const chartOf = (known: Partial<Handoff>) => {
	const handoff = { ...silentHandoff, ...known };
	return timelineChart(timeline(handoff), handoff.handed_off_local);
};
const usual: Partial<Handoff> = {
	began_before_s: 10 * min,
	replied_after_s: 5 * min,
	handed_off_to_resolved_s: 20 * min,
	is_resolved: true,
	ended_after_s: 20 * min
};
const bars = (svg: Element) =>
	[...svg.querySelectorAll('g[aria-label=bar] rect')].map((rect) => ({
		x: Number(rect.getAttribute('x')),
		width: Number(rect.getAttribute('width')),
		fill: rect.getAttribute('fill') ?? rect.parentElement?.getAttribute('fill')
	}));

describe('the time line of a handoff', () => {
	test.each([330, 660, 1340])(
		'is to scale at %i px, in the colours of AI and person',
		(width) => {
			const [ai, wait, person] = bars(draw(chartOf(usual), width));
			expect(ai?.fill).toBe('var(--ai)');
			expect(person?.fill).toBe('var(--person)');
			// 10, 5 and 15 minutes.
			expect((ai?.width ?? 0) / (wait?.width ?? 1)).toBeCloseTo(2, 5);
			expect((person?.width ?? 0) / (wait?.width ?? 1)).toBeCloseTo(3, 5);
			expect((ai?.x ?? 0) + (ai?.width ?? 0)).toBeCloseTo(wait?.x ?? 0, 5);
			expect((wait?.x ?? 0) + (wait?.width ?? 0)).toBeCloseTo(person?.x ?? 0, 5);
		}
	);

	test('breaks its axis, with a sign and a scale for each piece, where days follow minutes', () => {
		const svg = draw(
			chartOf({ ...usual, next_contact_after_s: 4 * d, is_next_same_topic: false }),
			330
		);
		expect(texts(svg)).toEqual(
			expect.arrayContaining(['//', 'since it began', 'since the end', '2 d'])
		);
		const [ai, wait] = bars(svg);
		expect((ai?.width ?? 0) / (wait?.width ?? 1)).toBeCloseTo(2, 5);
		expect(texts(draw(chartOf(usual), 330))).not.toContain('//');
	});

	test('counts minutes, not hundreds of seconds, however wide it is', () => {
		const chart = chartOf({ began_before_s: 15, replied_after_s: 0, handle_s: 394 });
		expect(texts(draw(chart, 1340))).toEqual(expect.arrayContaining(['1 min', '6 min']));
		expect(texts(draw(chart, 1340)).filter((text) => /^\d+ s$/.test(text))).toEqual([]);
	});

	test('says each part once, in words and in its table, also what is not logged', () => {
		const chart = chartOf({ began_before_s: 10 * min, began_local: '2026-11-09T13:00:00' });
		expect(chart.description).toContain(
			'Wait for a person: the first human reply is not logged.'
		);
		expect(rowTexts(chart.table)[0]).toEqual(['With the AI', '10 min', '13:00:00', '13:10:00']);
		expect(rowTexts(chart.table)[1]?.slice(2)).toEqual(['13:10:00', 'not logged']);
		expect(bars(draw(chart))).toHaveLength(1);
	});
});
