import { csvParse } from 'd3-dsv';
import { describe, expect, test } from 'vitest';
import { estimateCell, numberCell, rangeCell, weekCell } from '../../src/lib/charts/cells.ts';
import type { Table } from '../../src/lib/charts/chart.ts';
import { chartCsv } from '../../src/lib/charts/chartCsv.ts';
import { trend } from '../../src/lib/charts/trend.ts';
import { waits } from '../../src/lib/charts/week/waits.ts';
import { series, week } from '../fixtures/week.ts';
import { csvFaults } from './csvFaults.ts';

const csvOf = (table: Table) => chartCsv({ table });
const first = series[0]?.week;

describe('the CSV of a figure', () => {
	test('has numbers in base units, intervals in columns of their own, Mondays, nothing where nothing is known', () => {
		expect(
			csvOf({
				head: ['Week', 'Satisfied', 'n', 'Wait', 'Limits', 'Verdict', 'Change'],
				rows: [
					[
						weekCell('2026-05-25'),
						estimateCell({ value: 0.778, low: 0.755, high: 0.799 }, 'share'),
						numberCell(1333),
						estimateCell({ value: 138, low: 130.5, high: 150 }, 's'),
						rangeCell(56.8, 71.2, 'score'),
						'within limits',
						numberCell(-0.1 - 0.2, 1)
					],
					[
						weekCell('2026-06-01'),
						estimateCell(null, 'share', 'too few'),
						numberCell(7),
						estimateCell(null, 's'),
						rangeCell(null, null, 'score'),
						'–',
						''
					]
				]
			})
		).toBe(
			'\ufeffWeek (Monday),Satisfied (share),Satisfied low (share),Satisfied high (share),n,' +
				'Wait (s),Wait low (s),Wait high (s),Limits low (of 100),Limits high (of 100),Verdict,Change\r\n' +
				'2026-05-25,0.778,0.755,0.799,1333,138,130.5,150,56.8,71.2,within limits,-0.3\r\n' +
				'2026-06-01,,,,7,,,,,,,\r\n'
		);
	});

	test('defuses texts of the log in cells and headings, and no number', () => {
		expect(csvOf({ head: ['Topic', '=SUM(A1)'], rows: [['@topic', numberCell(-3)]] })).toBe(
			"\ufeffTopic,'=SUM(A1)\r\n'@topic,-3\r\n"
		);
	});

	test('has no two headings alike, though names of the log may be', () => {
		const table = { head: ['Topic', 'All', 'All'], rows: [['Refunds', '1', '2']] };
		expect(csvOf(table)).toBe('\ufeffTopic,All,All (2)\r\nRefunds,1,2\r\n');
	});

	test('has no columns for intervals that nothing in it has', () => {
		const line = { label: 'Quality score', points: [] };
		const options = { label: 'Quality score', unit: 'score', floor: 10, week, first } as const;
		expect(csvOf(trend([line], options).table).split('\r\n')[0]).toBe(
			'\ufeffWeek (Monday),Quality score (of 100),n'
		);
	});

	test('gives the medians of a week in seconds, as the rows have them', () => {
		const csv = csvOf(waits(series, { week, first, floor: 10 }).table);
		expect(csvFaults(csv)).toEqual([]);
		const row = csvParse(csv.slice(1)).find((one) => one['Week (Monday)'] === week);
		const values = series.find((one) => one.week === week)?.values;
		expect(Number(row?.['Before, median (s)'])).toBeCloseTo(
			values?.wait_before_p50.value ?? NaN,
			9
		);
		expect(Number(row?.['n, after'])).toBe(values?.wait_after_p50.n);
	});
});
