import { describe, expect, it } from 'vitest';
import { handleMeans, type GroupHandoffs } from '../../../src/lib/server/gaps/failureWork.ts';

/** A group whose failures took these seconds each, and two others that are no failures. */
function group(id: string, seconds: number[]): GroupHandoffs {
	const row = (is_failure: boolean, times: number[]) => ({
		...{ phrase: id, is_failure, trigger: null, lacked: null, outcome: null },
		...{ handoffs: times.length, handled: times.length },
		mean_handle_s: times.reduce((sum, one) => sum + one, 0) / times.length,
		handle_squares: times.reduce((sum, one) => sum + one * one, 0),
		...{ answers: 0, total: 0, total_of_squares: 0 }
	});
	return { id, topic: 'Refunds', handoffs: [row(true, seconds), row(false, [9000, 9000])] };
}
const topic = { value: 600, n: 400, low: null, high: null, coverage: 1 };
const around = (mean: number, count: number) =>
	Array.from({ length: count }, (_, at) => mean + (at % 2 === 0 ? 100 : -100));

describe('handle times of phrase groups', () => {
	it('are drawn towards the topic’s by how little of a group is known', () => {
		const found = handleMeans(topic, [
			group('a', around(900, 100)),
			group('b', around(400, 10))
		]);
		// By hand: the variance within is (100 + 10) · 100² / (99 + 9), errors are its root over √n.
		const within = (110 * 100 ** 2) / 108;
		const [a, b] = [within / 100, within / 10];
		const q = 300 ** 2 / a + 200 ** 2 / b;
		const between = (q - 2) / (1 / a + 1 / b);
		expect(found.get('a')?.value).toBeCloseTo(600 + (300 * between) / (between + a), 8);
		expect(found.get('b')?.value).toBeCloseTo(600 - (200 * between) / (between + b), 8);
		expect(found.get('b')?.n).toBe(10);
	});

	it('are the topic’s where groups differ by chance only, and of nine failures none is told', () => {
		const found = handleMeans(topic, [
			group('a', around(601, 100)),
			group('b', around(599, 100)),
			group('c', around(900, 9))
		]);
		expect(found.get('a')?.value).toBe(600);
		expect(found.has('c')).toBe(false);
		expect(handleMeans({ ...topic, n: 9 }, [group('a', around(900, 100))]).size).toBe(0);
	});
});
