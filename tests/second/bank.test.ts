import { describe, expect, it } from 'vitest';
import { bankZone, hasBank, readBank } from './bank.ts';
import { groupKey, secondMeasure } from './second.ts';

describe.skipIf(!hasBank)('the log of the bank (needs ../shared/data)', () => {
	it('January has 31,566 handoffs, with the outcomes of the raw file', () => {
		const calls = readBank(1);
		expect(calls).toHaveLength(31_566);
		const question = { from: '1998-12-31', to: '1999-02-02' };
		const byOutcome = secondMeasure(calls, [], question, 'handoffs', ['outcome'], {
			timezone: bankZone
		});
		const total = [...byOutcome.values()].reduce((sum, { n }) => sum + n, 0);
		expect(total).toBe(31_566);
		expect(byOutcome.has(groupKey([null]))).toBe(false);
	});
});
