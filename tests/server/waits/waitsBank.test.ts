import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { runImport } from '../../../src/lib/server/store/importRequest.ts';
import { readAbandonment } from '../../../src/lib/server/waits/waitAbandonment.ts';
import type { Abandonment } from '../../../src/lib/waits.ts';
import { bankFile, hasBank } from '../../second/bank.ts';
import { ever, TestStore } from '../store.ts';

const month = 2;

/** Calls as the raw file has them: seconds in the queue, and whether the caller hung up there. */
function rawCalls(): { queued: number; hungUp: boolean }[] {
	const [head = '', ...lines] = readFileSync(bankFile(month), 'latin1').trim().split(/\r?\n/);
	const columns = head.trim().split('\t');
	const at = (name: string) => columns.indexOf(name);
	return lines.flatMap((line) => {
		const cells = line.split('\t').map((cell) => cell.trim());
		// The clocks of the voice unit disagree: such lines are refused.
		if (Number(cells[at('vru_time')]) < 0) return [];
		return { queued: Number(cells[at('q_time')]), hungUp: cells[at('outcome')] === 'HANG' };
	});
}

describe.skipIf(!hasBank)('giving up at the bank (needs ../shared/data)', () => {
	let store: TestStore;
	let found: Abandonment;
	let calls: ReturnType<typeof rawCalls>;

	beforeAll(async () => {
		store = await TestStore.open();
		await runImport({ paths: [fileURLToPath(bankFile(month))] });
		found = await readAbandonment(ever);
		calls = rawCalls();
	});
	afterAll(() => store.close());

	it('every call of the file is in one span, and every hang-up is known with its wait', () => {
		expect(calls.length).toBeGreaterThan(25_000);
		expect(found.bins.reduce((sum, { share }) => sum + share.n, 0)).toBe(calls.length);
		expect(found.abandoned).toBe(calls.filter(({ hungUp }) => hungUp).length);
		expect(found.withoutWait).toBe(0);
	});

	it('the share that hung up is counted from the raw lines, with Wilson’s interval', () => {
		const z = 1.959963984540054;
		for (const { from_s, to_s, share } of found.bins) {
			const own = calls.filter(
				({ queued }) => queued >= from_s && queued < (to_s ?? Infinity)
			);
			const n = own.length;
			const p = own.filter(({ hungUp }) => hungUp).length / n;
			expect([share.n, share.value]).toEqual([n, p]);
			const centre = (p + (z * z) / (2 * n)) / (1 + (z * z) / n);
			const half =
				(z / (1 + (z * z) / n)) * Math.sqrt((p * (1 - p)) / n + (z / (2 * n)) ** 2);
			expect(share.low).toBeCloseTo(centre - half, 10);
			expect(share.high).toBeCloseTo(centre + half, 10);
		}
	});

	it('the hazard is that of callers who still wait, second by second', () => {
		const longest = Math.max(...calls.map(({ queued }) => queued));
		const left = new Array<number>(longest + 1).fill(0);
		const gone = new Array<number>(longest + 1).fill(0);
		for (const { queued, hungUp } of calls) {
			gone[queued] = (gone[queued] ?? 0) + 1;
			if (hungUp) left[queued] = (left[queued] ?? 0) + 1;
		}
		let still = calls.length;
		/** Of those waiting at each second, the share that hangs up in it. */
		const risk = gone.map((count, second) => {
			const own = still > 0 ? (left[second] ?? 0) / still : 0;
			still -= count;
			return own;
		});
		const staying = (from: number, to: number) =>
			risk.slice(from, to).reduce((product, one) => product * (1 - one), 1);
		expect(found.bins.length).toBeGreaterThan(6);
		for (const { from_s, to_s, hazard, perMinute, gaveUp } of found.bins) {
			expect(hazard.n).toBe(calls.filter(({ queued }) => queued >= from_s).length);
			if (to_s === null) continue;
			expect(hazard.value).toBeCloseTo(1 - staying(from_s, to_s), 10);
			expect(gaveUp?.value).toBeCloseTo(1 - staying(0, to_s), 10);
			expect(perMinute?.value).toBeCloseTo(
				1 - staying(from_s, to_s) ** (60 / (to_s - from_s)),
				10
			);
			expect(hazard.low).toBeLessThan(hazard.value ?? NaN);
			expect(hazard.high).toBeGreaterThan(hazard.value ?? NaN);
		}
	});
});
