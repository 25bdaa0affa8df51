import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { metrics } from '../../../src/lib/metrics.ts';
import type { Response, Seconds, Share, WaitsPage } from '../../../src/lib/waits.ts';
import { localDay } from '../../second/clock.ts';
import { quantile, shareOf } from '../../second/estimate.ts';
import {
	gotReply,
	isLate,
	rating,
	routeOf,
	start,
	waitAfter,
	waitBefore
} from '../../second/facts.ts';
import { readHandoffs, type Handoff } from '../../second/records.ts';
import { TestStore } from '../store.ts';
import { pageAt } from './pageAt.ts';

const zone = 'Europe/Berlin';

const isWithin = (seconds: number | null, { from_s, to_s }: Seconds) =>
	seconds !== null && seconds >= from_s && (to_s === null || seconds < to_s);

function expectShare(found: Share, rows: Handoff[], test: (row: Handoff) => boolean | null) {
	const wanted = shareOf(rows, test);
	expect(found.n).toBe(wanted.n);
	for (const end of ['value', 'low', 'high'] as const) {
		if (wanted[end] === null) expect(found[end]).toBeNull();
		else expect(found[end]).toBeCloseTo(wanted[end], 10);
	}
}

const isResolved = ({ outcome }: Handoff) =>
	outcome === null || outcome === 'answered' ? null : outcome === 'resolved';
const isAbandoned = ({ outcome }: Handoff) => (outcome === null ? null : outcome === 'abandoned');
const isSatisfied = (row: Handoff) => {
	const csat = rating(row);
	return csat === null ? null : csat >= 4;
};
const timeToResolution = (row: Handoff) => {
	const began = start(row);
	return began === null || row.resolved_at === null ? null : (row.resolved_at - began) / 1000;
};

const known = (values: (number | null)[]) => values.filter((value) => value !== null);

describe('over the sample', () => {
	let store: TestStore;
	let page: WaitsPage;
	let rows: Handoff[];

	beforeAll(async () => {
		store = await TestStore.open();
		const files = await store.importSample();
		page = await pageAt('week=2026-11-09&weeks=26');
		rows = readHandoffs(files.handoffs).filter((row) => {
			const day = localDay(row.handed_off_at, zone);
			return day >= page.from && day < page.to;
		});
	});
	afterAll(() => store.close());

	it('counts all handoffs of the period', () => {
		expect(rows.length).toBeGreaterThan(1000);
		expect(page.handoffs).toBe(rows.length);
	});

	it('the leading numbers are those of the lines', () => {
		const { numbers } = page;
		const before = known(rows.map(waitBefore));
		const after = known(rows.filter(gotReply).map(waitAfter));
		expect(numbers.wait_before_p50.estimate.value).toBeCloseTo(quantile(before, 0.5) ?? NaN, 6);
		expect(numbers.wait_before_p90.estimate.value).toBeCloseTo(quantile(before, 0.9) ?? NaN, 6);
		expect(numbers.wait_after_p50.estimate.value).toBeCloseTo(quantile(after, 0.5) ?? NaN, 6);
		expect(numbers.wait_after_p90.estimate.value).toBeCloseTo(quantile(after, 0.9) ?? NaN, 6);
		expectShare(numbers.abandonment_rate.estimate, rows, isAbandoned);
	});

	it('hours of the week are those of the local clock, with median, 90th percentile and n', () => {
		const format = new Intl.DateTimeFormat('en-GB', {
			timeZone: zone,
			weekday: 'short',
			hour: '2-digit',
			hourCycle: 'h23'
		});
		const names = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
		const hours = new Map<string, Handoff[]>();
		for (const row of rows) {
			const parts = Object.fromEntries(
				format.formatToParts(row.handed_off_at).map(({ type, value }) => [type, value])
			);
			const key = `${names.indexOf(parts.weekday ?? '') + 1} ${Number(parts.hour)}`;
			hours.set(key, [...(hours.get(key) ?? []), row]);
		}
		expect(page.hours.map(({ weekday, hour }) => `${weekday} ${hour}`).sort()).toEqual(
			[...hours.keys()].sort()
		);
		for (const { weekday, hour, handoffs, before, after } of page.hours) {
			const own = hours.get(`${weekday} ${hour}`) ?? [];
			expect(handoffs).toBe(own.length);
			for (const [wait, values] of [
				[before, known(own.map(waitBefore))],
				[after, known(own.filter(gotReply).map(waitAfter))]
			] as const) {
				expect(wait.n).toBe(values.length);
				if (values.length === 0) expect([wait.p50, wait.p90]).toEqual([null, null]);
				else {
					expect(wait.p50).toBeCloseTo(quantile(values, 0.5) ?? NaN, 6);
					expect(wait.p90).toBeCloseTo(quantile(values, 0.9) ?? NaN, 6);
				}
			}
		}
	});

	it.each(['topic', 'channel', 'queue', 'trigger'] as const)(
		'who waited longer after, by %s, highest first',
		async (by) => {
			const { longer } = await pageAt(`week=2026-11-09&weeks=26&by=${by}`);
			expect(longer.map(({ key }) => key).sort()).toEqual(
				[...new Set(rows.map((row) => row[by]))].sort()
			);
			for (const group of longer)
				expectShare(
					group.longer,
					rows.filter((row) => row[by] === group.key),
					(row) => {
						const [before, after] = [waitBefore(row), waitAfter(row)];
						return before === null || after === null ? null : after > before;
					}
				);
			const { floor } = metrics.longer_after_share;
			const shown = longer.filter((group) => group.longer.n >= floor);
			const values = shown.map((group) => group.longer.value ?? 0);
			expect(values).toEqual([...values].sort((a, b) => b - a));
			expect(longer.slice(0, shown.length)).toEqual(shown);
		}
	);

	it('a group is set against all others', () => {
		const both = rows.filter((row) => waitBefore(row) !== null && waitAfter(row) !== null);
		const isLonger = (row: Handoff) => (waitAfter(row) ?? 0) > (waitBefore(row) ?? 0);
		const rate = (some: Handoff[]) => some.filter(isLonger).length / some.length;
		const [first] = page.longer;
		const own = both.filter(({ topic }) => topic === first?.key);
		const others = both.filter(({ topic }) => topic !== first?.key);
		expect(first?.difference?.value).toBeCloseTo(rate(own) - rate(others), 10);
	});

	describe('abandonment', () => {
		/** Waits in whole seconds, from an hour on in whole minutes. */
		const ended = () =>
			rows.flatMap((row) => {
				const wait = waitAfter(row);
				if (row.outcome === null || wait === null) return [];
				const step = wait < 3600 ? 1 : 60;
				const wait_s = step * Math.floor(wait / step);
				return { wait_s, gaveUp: row.outcome === 'abandoned' };
			});

		/** Share that would have given up from one moment to before another, product by product. */
		const gaveUp = (from: number, to: number) => {
			const waits = ended();
			const moments = [
				...new Set(waits.filter((one) => one.gaveUp).map((one) => one.wait_s))
			].filter((at) => at >= from && at < to);
			return (
				1 -
				moments.reduce((staying, at) => {
					const still = waits.filter(({ wait_s }) => wait_s >= at).length;
					const left = waits.filter((one) => one.gaveUp && one.wait_s === at).length;
					return staying * (1 - left / still);
				}, 1)
			);
		};

		it('spans begin at 0, join and hold every wait once', () => {
			const { bins } = page.abandonment;
			expect(bins.length).toBeGreaterThan(4);
			expect(bins[0]?.from_s).toBe(0);
			expect(bins.at(-1)?.to_s).toBeNull();
			for (const [at, { to_s }] of bins.slice(0, -1).entries())
				expect(bins[at + 1]?.from_s).toBe(to_s);
			expect(bins.reduce((sum, { share }) => sum + share.n, 0)).toBe(ended().length);
			for (const { share } of bins) expect(share.n).toBeGreaterThanOrEqual(50);
		});

		it('of the waits that ended in a span, the share that was given up', () => {
			for (const bin of page.abandonment.bins)
				expectShare(
					bin.share,
					rows.filter((row) => isWithin(waitAfter(row), bin)),
					isAbandoned
				);
		});

		it('of those who still waited at its start, the chance to give up, product by product', () => {
			for (const { from_s, to_s, hazard, perMinute, gaveUp: all } of page.abandonment.bins) {
				const still = ended().filter(({ wait_s }) => wait_s >= from_s).length;
				expect(hazard.n).toBe(still);
				expect(hazard.value).toBeCloseTo(gaveUp(from_s, to_s ?? Infinity), 10);
				if (to_s === null) expect([perMinute, all]).toEqual([null, null]);
				else {
					expect(all?.value).toBeCloseTo(gaveUp(0, to_s), 10);
					const minutes = (to_s - from_s) / 60;
					expect((1 - (perMinute?.value ?? NaN)) ** minutes).toBeCloseTo(
						1 - (hazard.value ?? NaN),
						10
					);
				}
			}
		});

		it('says how many gave up without a logged wait', () => {
			const gone = rows.filter(({ outcome }) => outcome === 'abandoned');
			expect(page.abandonment.abandoned).toBe(gone.length);
			expect(page.abandonment.withoutWait).toBe(
				gone.filter((row) => waitAfter(row) === null).length
			);
			expect(page.abandonment.withoutWait).toBeGreaterThan(0);
		});
	});

	describe('dose and response', () => {
		const tests: Record<Response, (row: Handoff) => boolean | null> = {
			csat_top2: isSatisfied,
			resolution_rate: isResolved,
			abandonment_rate: isAbandoned
		};

		it('every length has the plain share of its handoffs', () => {
			for (const { response, bins } of page.doses) {
				expect(bins.length).toBeGreaterThan(2);
				for (const bin of bins)
					expectShare(
						bin.plain,
						rows.filter((row) => isWithin(waitBefore(row), bin)),
						tests[response]
					);
			}
		});

		it('at the same topic mix, every topic counts alike in all lengths', () => {
			for (const { response, bins, covered } of page.doses) {
				const told = rows.filter(
					(row) => waitBefore(row) !== null && tests[response](row) !== null
				);
				const cell = (topic: string | null, bin: Seconds) =>
					told.filter((row) => row.topic === topic && isWithin(waitBefore(row), bin));
				const topics = [...new Set(told.map(({ topic }) => topic))].filter((topic) =>
					bins.every((bin) => cell(topic, bin).length >= 5)
				);
				const ofTopics = told.filter(({ topic }) => topics.includes(topic));
				expect(covered).toBeCloseTo(ofTopics.length / told.length, 10);
				if ((covered ?? 0) < 0.5) continue;
				for (const bin of bins) {
					const share = topics.reduce((sum, topic) => {
						const own = cell(topic, bin);
						const weight =
							ofTopics.filter((row) => row.topic === topic).length / ofTopics.length;
						return sum + (weight * own.filter(tests[response]).length) / own.length;
					}, 0);
					expect(bin.within?.value).toBeCloseTo(share, 10);
				}
			}
			expect(page.doses.some(({ bins }) => bins[0]?.within)).toBe(true);
		});

		it('the fit only falls for good ends and only rises for bad ones', () => {
			for (const { response, bins } of page.doses) {
				const sign = response === 'abandonment_rate' ? 1 : -1;
				const fits = bins.map(({ fitted }) => sign * (fitted ?? NaN));
				expect(fits).toEqual([...fits].sort((a, b) => a - b));
			}
		});
	});

	it('early and late handoffs: avoidable, late, abandoned and unhappy of each length', () => {
		expect(page.middle.length).toBeGreaterThan(1);
		for (const bin of page.middle) {
			const own = rows.filter((row) => isWithin(waitBefore(row), bin));
			expect(bin.handoffs).toBe(own.length);
			expectShare(bin.avoidable, own, ({ necessary }) =>
				necessary === null ? null : !necessary
			);
			expectShare(bin.late, own, isLate);
			expectShare(bin.abandoned, own, isAbandoned);
			expectShare(bin.unhappy, own, (row) => {
				const csat = rating(row);
				return csat === null ? null : csat <= 2;
			});
		}
		expect(page.middle.reduce((sum, { avoidable }) => sum + avoidable.n, 0)).toBe(
			rows.filter((row) => row.necessary !== null && waitBefore(row) !== null).length
		);
	});

	it('time to resolution: median and 90th percentile, all, by route and by topic', () => {
		const { all, routes, topics } = page.resolution;
		const expectTimes = ({ time }: typeof all, own: Handoff[]) => {
			const values = known(own.map(timeToResolution));
			expect(time.n).toBe(values.length);
			if (values.length === 0) return;
			expect(time.p50).toBeCloseTo(quantile(values, 0.5) ?? NaN, 6);
			expect(time.p90).toBeCloseTo(quantile(values, 0.9) ?? NaN, 6);
		};
		expectTimes(all, rows);
		expect(routes.map(({ key }) => key)).toEqual(['failure', 'topic']);
		for (const route of routes)
			expectTimes(
				route,
				rows.filter((row) => routeOf(row) === route.key)
			);
		expect(topics).toHaveLength(new Set(rows.map(({ topic }) => topic)).size);
		for (const topic of topics)
			expectTimes(
				topic,
				rows.filter((row) => row.topic === topic.key)
			);
	});

	it('the curve counts those never resolved among all whose end is known', () => {
		for (const curve of page.resolution.curves) {
			const own = rows.filter((row) => {
				const time = timeToResolution(row);
				const end = isResolved(row);
				if (curve.key !== 'all' && routeOf(row) !== curve.key) return false;
				return end === false || (end === true && time !== null);
			});
			expect(curve.n).toBe(own.length);
			for (const { at_s, value } of curve.points) {
				const by = own.filter((row) => {
					const time = timeToResolution(row);
					return isResolved(row) === true && time !== null && time < at_s;
				});
				expect(value).toBeCloseTo(by.length / own.length, 10);
			}
		}
		expect(page.resolution.curves.map(({ key }) => key)).toEqual(['all', 'failure', 'topic']);
	});

	it('under a filter only its handoffs count', async () => {
		const chats = await pageAt('week=2026-11-09&weeks=26&channel=chat&topic=Refunds');
		const own = rows.filter(({ channel, topic }) => channel === 'chat' && topic === 'Refunds');
		expect(chats.handoffs).toBe(own.length);
		expect(chats.hours.reduce((sum, { handoffs }) => sum + handoffs, 0)).toBe(own.length);
		expect(chats.middle.reduce((sum, { handoffs }) => sum + handoffs, 0)).toBe(
			own.filter((row) => waitBefore(row) !== null).length
		);
	});

	it('what the address asks for in vain is left out', async () => {
		const { choices } = await pageAt('by=weather&hours=p99');
		expect(choices).toEqual({ by: 'topic', hours: 'p50' });
		expect((await pageAt('by=queue&hours=p90')).choices).toEqual({ by: 'queue', hours: 'p90' });
	});
});
