import { describe, expect, test } from 'vitest';
import { satisfaction } from '../../src/lib/charts/csat/satisfaction.ts';
import { csatByTopic } from '../fixtures/week.ts';
import { draw, rowTexts, shapes, silent, texts } from './draw.ts';

silent();

const options = { first: '2026-10-19', last: '2026-11-15', floor: 10 };

describe('satisfaction by topic', () => {
	test('shows three paths with intervals, named where they first stand', () => {
		const chart = satisfaction(csatByTopic, options);
		const svg = draw(chart);
		const shown = csatByTopic.filter(({ csat_top2 }) => csat_top2.n >= 10).length;
		expect(chart.title).toBe('Satisfied share by topic and path, 19 Oct – 15 Nov 2026');
		expect(shapes(svg).dot).toBe(shown);
		for (const name of ['Handed over', 'AI only', 'Person only'])
			expect(texts(svg).filter((text) => text === name)).toHaveLength(1);
	});

	test('leads from each topic and path to what answered there, and nowhere from none', () => {
		const href = ({ topic, path }: { topic: string | null; path: string }) =>
			`#${path}-${topic}`;
		const chart = satisfaction(csatByTopic, { ...options, href });
		const answered = csatByTopic
			.filter(({ csat_top2 }) => csat_top2.n > 0)
			.map((row) => href(row))
			.sort();
		const links = [...draw(chart).querySelectorAll('a')].map((one) => one.getAttribute('href'));
		expect(links.sort()).toEqual(answered);
		const cells = (chart.table.cellLinks ?? []).flat().filter((one) => one !== null);
		expect([...new Set(cells)].sort()).toEqual(answered);
	});

	test('prints n for every topic and says where there are too few', () => {
		const said = texts(draw(satisfaction(csatByTopic, options)));
		expect(said).toContain('n = 60');
		expect(said).toContain('too few (n = 6)');
	});

	test('puts topics with the most answers first', () => {
		const rows = rowTexts(satisfaction(csatByTopic, options).table);
		expect(rows[0]?.[0]).toBe('Refunds');
		expect(rows.at(-1)?.[0]).toBe('Privacy requests');
	});

	test('shows the mean only where every topic has thirty answers', () => {
		const rich = csatByTopic.map((row) => ({
			...row,
			csat_mean: { ...row.csat_mean, n: row.csat_mean.n + 40 }
		}));
		expect(satisfaction(rich, options).title).toContain('Mean CSAT');
	});
});
