import { describe, expect, test } from 'vitest';
import { waitScale } from '../../src/lib/charts/axis.ts';
import { waits } from '../../src/lib/charts/week/waits.ts';
import { series, week } from '../fixtures/week.ts';
import { draw, rowTexts, shapes, silent, texts } from './draw.ts';

silent();

const options = { week, first: series[0]?.week, floor: 10 };

describe('waits by week', () => {
	test('draw a median and a band for before and after, on one scale', () => {
		const chart = waits(series, options);
		const svg = draw(chart);
		expect(chart.title).toBe('Waits before and after the handoff by week, 26 weeks to 15 Nov');
		expect(shapes(svg)).toMatchObject({ area: 2, line: 4, dot: 2 });
		expect(texts(svg)).toEqual(
			expect.arrayContaining([
				'minutes',
				'Before: with the AI',
				'After: for a person',
				'median',
				'p90'
			])
		);
		expect(chart.table.head).toHaveLength(7);
		expect(rowTexts(chart.table)[25]).toHaveLength(7);
	});

	test('leave out weeks with too few', () => {
		const none = waits(series, { ...options, floor: 10_000 });
		expect(shapes(draw(none)).dot ?? 0).toBe(0);
		expect(rowTexts(none.table)[25]?.[1]).toBe('–');
	});
});

describe('the scale of waits', () => {
	test('is linear from zero for waits of one kind', () => {
		expect(waitScale([60, 90, 600])).toMatchObject({ type: 'linear', label: 'minutes' });
		expect(waitScale([5, 100]).label).toBe('seconds');
	});

	test('is logarithmic, and says so, where minutes stand beside hours', () => {
		const scale = waitScale([0, 120, 30_000]);
		expect(scale).toMatchObject({ type: 'log', label: 'log scale', domain: [60, 43_200] });
		expect((scale.ticks as number[]).map(scale.tick)).toEqual([
			'≤ 1 min',
			'3 min',
			'10 min',
			'30 min',
			'1 h',
			'3 h',
			'12 h'
		]);
	});

	test('labels every tick that it draws', () => {
		const slow = series.map((row) => ({
			...row,
			values: {
				...row.values,
				wait_after_p90: { ...row.values.wait_after_p90, value: 30_000 }
			}
		}));
		expect(texts(draw(waits(slow, options)))).toEqual(
			expect.arrayContaining(['1 min', '10 min', '1 h', '12 h', 'log scale'])
		);
	});
});
