import { describe, expect, it } from 'vitest';
import { binEdges } from '../../../src/lib/server/waits/waitBins.ts';

const at = (...n: number[]) => n.map((one, index) => ({ from_s: 10 * index, n: one }));

describe('edges of bins', () => {
	it('stay as they are where every span has enough', () => {
		expect(binEdges(at(5, 6, 7), { least: 5, most: 3 })).toEqual([0, 10, 20, Infinity]);
	});

	it('the span with least is joined with its smaller neighbour', () => {
		expect(binEdges(at(9, 2, 5), { least: 3, most: 9 })).toEqual([0, 10, Infinity]);
		expect(binEdges(at(5, 2, 9), { least: 3, most: 9 })).toEqual([0, 20, Infinity]);
		expect(binEdges(at(2, 9, 5), { least: 3, most: 9 })).toEqual([0, 20, Infinity]);
		expect(binEdges(at(9, 5, 2), { least: 3, most: 9 })).toEqual([0, 10, Infinity]);
	});

	it('are no more than asked for', () => {
		expect(binEdges(at(9, 9, 9, 9, 9, 9, 9, 9), { least: 1, most: 4 })).toHaveLength(5);
	});

	it('begin at 0 and leave out spans that hold nothing', () => {
		const spans = [
			{ from_s: 20, n: 8 },
			{ from_s: 30, n: 0 },
			{ from_s: 40, n: 9 },
			{ from_s: 20, n: 1 }
		];
		expect(binEdges(spans, { least: 5, most: 9 })).toEqual([0, 40, Infinity]);
	});

	it('are none where nothing lies in any span, and one bin where all is too little', () => {
		expect(binEdges(at(0, 0), { least: 5, most: 9 })).toEqual([]);
		expect(binEdges([], { least: 5, most: 9 })).toEqual([]);
		expect(binEdges(at(1, 1), { least: 5, most: 9 })).toEqual([0, Infinity]);
	});
});
