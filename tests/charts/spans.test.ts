import { describe, expect, test } from 'vitest';
import { binWords } from '../../src/lib/charts/csat/csatWaits.ts';
import { resolvedBy } from '../../src/lib/charts/waits/resolvedBy.ts';
import { fineEstimate, spans } from '../../src/lib/charts/waits/spans.ts';
import { waitHours } from '../../src/lib/charts/waits/waitHours.ts';
import { bins, dose, hours } from '../fixtures/waits.ts';
import { draw, links, rowTexts, shapes, silent, texts } from './draw.ts';

silent();

const options = { title: 'Satisfied', description: '', axis: 'Satisfied share', head: 'Wait' };
const plain = {
	label: 'As logged',
	stroke: 'var(--ai)',
	isRing: true,
	shares: dose.bins.map((bin) => bin.plain)
};
const within = {
	label: 'Same topic mix',
	stroke: 'var(--ai)',
	shares: dose.bins.map((bin) => bin.within)
};

describe('a bin in words', () => {
	test('names a unit once only where both ends are one of it', () => {
		const words = (from_s: number, to_s: number | null) => binWords({ from_s, to_s });
		expect(words(0, 30)).toBe('under 30 s');
		expect(words(60, 120)).toBe('1–2 min');
		expect(words(90, 120)).toBe('1 min 30 s – 2 min');
		expect(words(60, 90)).toBe('1 min – 1 min 30 s');
		expect(words(1800, 14_400)).toBe('30 min – 4 h');
		expect(words(14_400, null)).toBe('4 h and more');
	});
});

describe('a small share', () => {
	test('has two digits that count, and a large one no more than elsewhere', () => {
		const words = (value: number, low: number, high: number) =>
			fineEstimate({ value, low, high });
		expect(words(0.000314, 0.00022, 0.00043)).toBe('0.031 % (0.022–0.043 %)');
		expect(words(0.0042, 0.003, 0.006)).toBe('0.42 % (0.30–0.60 %)');
		expect(words(0.0314, 0.02, 0.04)).toBe('3.1 % (2.0–4.0 %)');
		expect(words(0, 0, 0)).toBe('0.0 % (0.0–0.0 %)');
	});
});

describe('shares over spans of a wait', () => {
	const chart = spans(bins, [plain, within], {
		...options,
		fit: { label: 'Falling fit', stroke: 'var(--ink)', levels: dose.bins.map((b) => b.fitted) },
		at: { at_s: 90, label: 'worse from 90 s' },
		isWhole: true
	});

	test('draw every share with its interval, the fit, the point, and their names', () => {
		const svg = draw(chart);
		// Five spans with two shares each, and two dots of the legend.
		expect(shapes(svg)).toMatchObject({ dot: 12, line: 1 });
		expect(texts(svg)).toEqual(
			expect.arrayContaining([
				'As logged',
				'Same topic mix',
				'Falling fit',
				'worse from 90 s',
				'0',
				'30 s',
				'5 min'
			])
		);
	});

	test('have a table with n and a row for each span', () => {
		expect(chart.table.head).toEqual([
			'Wait',
			'As logged',
			'n, as logged',
			'Same topic mix',
			'n, same topic mix',
			'Falling fit'
		]);
		expect(rowTexts(chart.table)).toHaveLength(5);
		expect(rowTexts(chart.table)[1]).toEqual([
			'30 s – 1 min',
			'65.0 % (60.0–70.0 %)',
			'100',
			'66.0 % (61.0–71.0 %)',
			'100',
			'66.0 %'
		]);
	});

	test('leave out what is not known', () => {
		const half = { ...plain, shares: plain.shares.map((one, at) => (at < 2 ? one : null)) };
		const made = spans(bins, [half], options);
		expect(shapes(draw(made)).dot).toBe(3);
		expect(rowTexts(made.table)[3]).toEqual(['2–5 min', '–', '–']);
	});

	test('are links where they lead somewhere, and the rows of the table as well', () => {
		const hrefs = bins.map(({ from_s }) => `/handoffs?wait=${from_s}`);
		const made = spans(bins, [{ ...plain, hrefs }], { ...options, links: hrefs });
		expect(made.linked).toBe(true);
		const links = [...draw(made).querySelectorAll('a')];
		expect(links).toHaveLength(5);
		expect(made.table.links).toEqual(hrefs);
		expect(spans(bins, [plain], options).linked).toBe(false);
	});

	test('thin out the ends of spans where there is no room for all', () => {
		const wide = texts(draw(chart, 660));
		const narrow = texts(draw(chart, 220));
		expect(wide).toContain('30 s');
		expect(narrow).not.toContain('30 s');
	});
});

describe('waits by hour of the week', () => {
	const href = (weekday: number, hour: number) => `/handoffs?weekday=${weekday}&hour=${hour}`;
	const chart = waitHours(hours, {
		side: 'before',
		quantile: 'p50',
		floor: 10,
		period: '26 weeks to 15 Nov 2026',
		href
	});

	test('draw a cell for each hour with handoffs, and a link in each', () => {
		const svg = draw(chart, 340);
		expect(svg.querySelectorAll('rect')).toHaveLength(61);
		expect(svg.querySelectorAll('a')).toHaveLength(61);
		expect(texts(svg)).toEqual(expect.arrayContaining(['Mon', 'Sun', '0', '21']));
		expect(chart.table.links?.[0]).toBe('/handoffs?weekday=1&hour=8');
	});

	test('write wait and n into the cells where there is room', () => {
		const written = texts(draw(chart, 1300));
		expect(written).toEqual(expect.arrayContaining(['2.0 m', '40', 'few', '3']));
		expect(texts(draw(chart, 340))).not.toContain('2.0 m');
	});

	test('say too few, and nothing where nothing was waited for', () => {
		const row = rowTexts(chart.table).find(([name]) => name === 'Saturday 9–10 h');
		expect(row).toEqual(['Saturday 9–10 h', 'too few', '3']);
		const after = waitHours(hours, {
			side: 'after',
			quantile: 'p90',
			floor: 10,
			period: '',
			href
		});
		expect(rowTexts(after.table).at(-1)).toEqual(['Saturday 9–10 h', '–', '0']);
		expect(rowTexts(after.table)[0]).toEqual(['Monday 8–9 h', '18 min', '35']);
	});

	test('are the darker, the longer', () => {
		const shades = [...draw(chart, 340).querySelectorAll('rect')]
			.map((rect) => Number(rect.getAttribute('fill-opacity') ?? NaN))
			.filter((opacity) => !Number.isNaN(opacity));
		// Monday at 19 waits longest, Tuesday at 8 shortest.
		expect(Math.max(...shades)).toBe(shades[11]);
		expect(Math.min(...shades)).toBe(shades[12]);
	});
});

describe('resolved by time', () => {
	const points = [300, 900, 3600, 86_400].map((at_s, at) => ({
		at_s,
		value: 0.2 * (at + 1),
		low: 0.2 * (at + 1) - 0.02,
		high: 0.2 * (at + 1) + 0.02
	}));
	const chart = resolvedBy(
		[
			{ key: 'all', n: 500, points },
			{
				key: 'failure',
				n: 300,
				points: points.map(({ at_s, value, low, high }) => ({
					at_s,
					value: value / 2,
					low: low / 2,
					high: high / 2
				}))
			}
		],
		'26 weeks to 15 Nov 2026',
		(seconds) => `/by/${String(seconds)}`
	);

	test('lead to what was resolved by a round time, in figure and table', () => {
		const round = ['/by/300', '/by/900', '/by/3600', '/by/14400', '/by/43200', '/by/86400'];
		expect(links(draw(chart))).toEqual(round);
		expect(chart.table.links).toEqual(round);
	});

	test('draw a line and a band each, named at the end', () => {
		const svg = draw(chart);
		expect(shapes(svg)).toMatchObject({ line: 2, area: 2 });
		expect(texts(svg)).toEqual(
			expect.arrayContaining(['All', 'Failure', '5 min', '1 h', '24 h'])
		);
	});

	test('have a table of round times', () => {
		expect(chart.table.head).toEqual(['By', 'All', 'n, all', 'Failure', 'n, failure']);
		expect(rowTexts(chart.table)[0]).toEqual([
			'5 min',
			'20.0 % (18.0–22.0 %)',
			'500',
			'10.0 % (9.0–11.0 %)',
			'300'
		]);
	});
});
