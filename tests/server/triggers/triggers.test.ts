import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gtt } from '../../../src/lib/analysis/gtt.ts';
import { readLog } from '../../../src/lib/server/store/log.ts';
import { saveReview } from '../../../src/lib/server/reviews/reviews.ts';
import { readChoice } from '../../../src/lib/server/scope/scope.ts';
import { readTriggerChoice, readTriggers } from '../../../src/lib/server/triggers/triggers.ts';
import type { TriggersPage } from '../../../src/lib/triggers.ts';
import { parseLines } from '../../second/csv.ts';
import { isLate, isMoved, rating, routeOf } from '../../second/facts.ts';
import { conversationOf, handoffOf, readHandoffs, type Handoff } from '../../second/records.ts';
import { smallSample, TestStore } from '../store.ts';

async function pageAt(address = ''): Promise<TriggersPage> {
	const parameters = new URLSearchParams(address);
	const choice = readTriggerChoice(readChoice(parameters), parameters);
	const page = await readTriggers(choice, await readLog());
	if (!page) throw new Error('no page');
	return page;
}

type Line = Record<string, string | null>;

/** Good lines of a file, as they stand. */
function goodLines(file: string, isGood: (line: Line) => boolean): Line[] {
	return parseLines(readFileSync(file, 'utf8'), ',').filter(isGood);
}

const whole = 'from=2026-08-24&to=2026-11-15';
const number = (line: Line, name: string) => (line[name] ? Number(line[name]) : null);
const count = <Row>(rows: Row[], of: (row: Row) => boolean) => rows.filter(of).length;

let store: TestStore;
let handoffs: Handoff[];
let handoffLines: Line[];
let conversationLines: Line[];
let page: TriggersPage;

beforeAll(async () => {
	store = await TestStore.open();
	const files = await store.importSample();
	handoffs = readHandoffs(files.handoffs);
	handoffLines = goodLines(files.handoffs, (line) => handoffOf(line) !== null);
	conversationLines = goodLines(files.conversations, (line) => conversationOf(line) !== null);
	page = await pageAt(whole);
}, 120_000);

afterAll(() => store.close());

const ruleOf = (trigger: string) => {
	const found = page.rules.find((rule) => rule.trigger === trigger && rule.route !== null);
	if (!found) throw new Error(`no rule ${trigger}`);
	return found;
};

describe('triggers of the sample', () => {
	it('every handoff belongs to one trigger and route, counted as the lines have them', () => {
		expect(page.handoffs).toBe(handoffs.length);
		for (const { route, trigger, handoffs: n, values } of page.rules) {
			const own = handoffs.filter((row) => row.trigger === trigger && routeOf(row) === route);
			expect(n).toBe(own.length);
			const late = own.map(isLate).filter((one) => one !== null);
			expect(values.late_rate.n).toBe(late.length);
			expect(values.late_rate.value ?? 0).toBeCloseTo(
				count(late, Boolean) / (late.length || 1),
				12
			);
			const rated = own.map(rating).filter((one) => one !== null);
			expect(values.csat_top2.n).toBe(rated.length);
			const moved = own.map(isMoved).filter((one) => one !== null);
			expect(values.misrouted_rate.n).toBe(moved.length);
		}
		expect(page.untriggered).toBe(count(handoffs, ({ trigger }) => trigger === null));
		expect(page.unknown).toBe(0);
	});

	it('answers tried are the mean of the lines that tell', () => {
		const own = handoffs.filter(({ trigger }) => trigger === 'customer_request');
		const tried = own.flatMap(({ ai_attempts }) => ai_attempts ?? []);
		const mean = tried.reduce((sum, one) => sum + one, 0) / tried.length;
		expect(ruleOf('customer_request').attempts.value).toBeCloseTo(mean, 12);
		expect(ruleOf('customer_request').attempts.n).toBe(tried.length);
	});

	it('a trigger stands against the others of its route within topics, weighted as Mantel and Haenszel do', () => {
		const route = handoffs.filter((row) => routeOf(row) === 'failure' && row.trigger !== null);
		let top = 0;
		let weights = 0;
		for (const topic of new Set(route.map((row) => row.topic))) {
			const rows = route.filter((row) => row.topic === topic && isLate(row) !== null);
			const own = rows.filter((row) => row.trigger === 'customer_request');
			const others = rows.filter((row) => row.trigger !== 'customer_request');
			if (own.length === 0 || others.length === 0) continue;
			const weight = (own.length * others.length) / rows.length;
			const late = (list: Handoff[]) =>
				count(list, (row) => isLate(row) === true) / list.length;
			top += weight * (late(own) - late(others));
			weights += weight;
		}
		const against = ruleOf('customer_request').against.late_rate;
		expect(against?.basis).toBe('topics');
		expect(against?.value).toBeCloseTo(top / weights, 9);
		expect(against?.differs).toBe(true);
	});

	it('the planted late trigger is the one rule to tune, for coming late before all else', () => {
		expect(page.tunings.map(({ rule }) => rule.trigger)).toEqual(['customer_request']);
		const metrics = page.tunings[0]?.weaknesses.map(({ metric }) => metric);
		expect(metrics?.[0]).toBe('late_rate');
		expect(metrics).toContain('csat_top2');
		const { pace } = ruleOf('customer_request');
		// Three times the wait is planted; the other triggers go on for different times themselves.
		expect(pace?.low).toBeGreaterThan(2);
		expect(pace?.high).toBeLessThan(4);
	});

	it('the planted misrouting is seen with its queue and where it ends, not with a trigger', () => {
		const [first, ...others] = page.misrouting.queues;
		expect(first?.key).toBe('Payments');
		expect(first?.difference?.differs).toBe(true);
		expect(
			others.filter(({ difference }) => difference?.differs && (difference.value ?? 0) > 0)
		).toEqual([]);
		expect(page.misrouting.moves[0]).toMatchObject({ from: 'Payments', to: 'Billing' });
		const own = handoffs.filter(({ queue }) => queue === 'Payments');
		expect(first?.handoffs).toBe(own.length);
		expect(first?.misrouted.value).toBeCloseTo(
			count(own, (row) => isMoved(row) === true) / count(own, (row) => isMoved(row) !== null),
			12
		);
	});

	it('requests for a person are counted as the lines have them, by trigger too', () => {
		for (const { requests, handoffs: n } of page.requests.all)
			expect(n).toBe(
				count(handoffs, ({ human_requests }) =>
					requests === null
						? human_requests === null
						: requests === 3
							? (human_requests ?? 0) >= 3
							: human_requests === requests
				)
			);
		const own = handoffs.filter(
			({ trigger, human_requests }) =>
				trigger === 'customer_request' && human_requests !== null
		);
		const group = page.requests.triggers.find(({ key }) => key === 'customer_request');
		expect(group?.n).toBe(own.length);
		expect(group?.twice.value).toBeCloseTo(
			count(own, ({ human_requests }) => (human_requests ?? 0) >= 2) / own.length,
			12
		);
		expect(page.requests.triggers[0]?.key).toBe('customer_request');
	});

	it('the threshold in force is read off the log, and volume at others is counted by hand', async () => {
		const tried = await pageAt(`${whole}&threshold=0.7`);
		expect(tried.threshold.inForce).toEqual({ threshold: 0.5, agree: 1 });
		const firsts = new Map<string, Line>();
		for (const line of [...handoffLines].sort(
			(a, b) => Date.parse(a['handed_off_at'] ?? '') - Date.parse(b['handed_off_at'] ?? '')
		)) {
			const id = line['conversation_id'] ?? '';
			if (!firsts.has(id)) firsts.set(id, line);
		}
		const records = new Map(
			conversationLines.map((line) => [line['conversation_id'] ?? '', line])
		);
		const handed = [...firsts].flatMap(([id, line]) => {
			const own = number(line, 'confidence') ?? number(records.get(id) ?? {}, 'confidence');
			return own === null
				? []
				: [{ confidence: own, low: line['trigger'] === 'low_confidence' }];
		});
		const kept = conversationLines.flatMap((line) => {
			const confidence = number(line, 'confidence');
			const isKept =
				line['handled_by'] === 'ai' && !firsts.has(line['conversation_id'] ?? '');
			return isKept && confidence !== null ? [{ confidence, line }] : [];
		});
		expect(tried.threshold.now?.handoffs).toBe(handed.length);
		expect(tried.threshold.chosen?.handoffs).toBe(
			handed.length + count(kept, ({ confidence }) => confidence < 0.7)
		);
		const lowered = tried.threshold.sweep.find(({ threshold }) => threshold === 0.3);
		expect(lowered?.handoffs).toBe(
			count(handed, ({ confidence, low }) => !low || confidence < 0.3)
		);
		// Of what is kept below 0.7 nobody knows how people would have ended it.
		const unknown = count(kept, ({ confidence }) => confidence < 0.7);
		const all = handed.length + kept.length;
		const spread = (tried.threshold.chosen?.upper ?? 0) - (tried.threshold.chosen?.lower ?? 0);
		expect(spread).toBeGreaterThanOrEqual(unknown / all);
		expect(1 - (tried.threshold.chosen?.shareIdentified ?? 0)).toBeCloseTo(spread, 12);
		const grey = tried.threshold.sweep.filter(
			({ shareIdentified }) => (shareIdentified ?? 0) < 0.9
		);
		expect(grey.every(({ threshold }) => threshold > (tried.threshold.known?.to ?? 1))).toBe(
			true
		);
	});

	it('a threshold in the address goes before the one read off the log', async () => {
		const given = await pageAt(`${whole}&in_force=0.4&threshold=0.4`);
		expect(given.threshold.inForce).toEqual({ threshold: 0.4, agree: null });
		expect(given.threshold.chosen?.handoffs).toBe(given.threshold.now?.handoffs);
		const nonsense = await pageAt(`${whole}&in_force=2&threshold=x`);
		expect(nonsense.choices).toMatchObject({ inForce: null, threshold: null });
	});

	it('under a filter that conversations do not carry, nothing is said of thresholds', async () => {
		const filtered = await pageAt(`${whole}&route=failure`);
		expect(filtered.threshold).toMatchObject({
			lacks: 'filter',
			uncarried: 'route',
			sweep: []
		});
	});

	it('GT-T is the mean over conversations that are labelled throughout', () => {
		const byConversation = new Map<string, Line[]>();
		for (const line of handoffLines) {
			const id = line['conversation_id'] ?? '';
			byConversation.set(id, [...(byConversation.get(id) ?? []), line]);
		}
		const scores: number[] = [];
		for (const lines of byConversation.values()) {
			if (lines.some((line) => !line['right_turn'] || !line['handoff_turn'])) continue;
			const rights = lines
				.map((line) => Number(line['right_turn']))
				.filter((turn) => turn > 0);
			scores.push(
				gtt(
					lines.map((line) => Number(line['handoff_turn'])),
					rights
				)
			);
		}
		for (const line of conversationLines) {
			const right = number(line, 'right_turn');
			if (right === null || byConversation.has(line['conversation_id'] ?? '')) continue;
			scores.push(right === 0 ? 1 : 0);
		}
		expect(page.timing?.all?.conversations).toBe(scores.length);
		expect(page.timing?.all?.score.value).toBeCloseTo(
			scores.reduce((sum, one) => sum + one, 0) / scores.length,
			9
		);
		expect(page.timing?.groups[0]?.key?.trigger).toBe('customer_request');
		expect(page.timing?.groups[0]?.late?.low).toBeGreaterThan(1);
	});

	it('handbacks are followed by another handoff, a return or neither, and chains add up', () => {
		const back = handoffs.filter(({ outcome }) => outcome === 'returned_to_ai');
		const again = back.filter((row) =>
			handoffs.some(
				(other) =>
					other.conversation_id === row.conversation_id &&
					other.handed_off_at > row.handed_off_at
			)
		);
		expect(page.chains.all?.handed_back).toBe(back.length);
		expect(page.chains.all?.again.value).toBeCloseTo(again.length / back.length, 12);
		const sizes = new Map<string, number>();
		for (const { conversation_id } of handoffs)
			sizes.set(conversation_id, (sizes.get(conversation_id) ?? 0) + 1);
		for (const { handoffs: size, conversations } of page.chains.lengths)
			expect(conversations).toBe(
				count([...sizes.values()], (one) => Math.min(one, 4) === size)
			);
		for (const groups of [page.chains.triggers, page.chains.topics])
			expect(groups.reduce((sum, { handed_back }) => sum + handed_back, 0)).toBe(back.length);
	});

	it('a review in Seam goes before the verdict of the log, and says what the AI lacked', async () => {
		const judged = handoffs.find(
			({ necessary, handoff_id, trigger }) =>
				necessary === true && handoff_id !== null && trigger === 'low_confidence'
		);
		const before = page.reviews.triggers.find(
			({ trigger, route }) => trigger === 'low_confidence' && route === 'failure'
		);
		await saveReview({
			handoff_id: judged?.handoff_id ?? '',
			necessary: false,
			lacked: 'empathy'
		});
		const after = (await pageAt(whole)).reviews.triggers.find(
			({ trigger, route }) => trigger === 'low_confidence' && route === 'failure'
		);
		expect(after?.seam).toBe(1);
		expect(after?.reviewed).toBe(before?.reviewed);
		const needless = (one: typeof after) =>
			Math.round((one?.needless.value ?? 0) * (one?.needless.n ?? 0));
		expect(needless(after)).toBe(needless(before) + 1);
		const lacks = (one: typeof after) =>
			one?.lacked.find(({ lacked }) => lacked === 'empathy')?.n ?? 0;
		expect(lacks(after)).toBe(lacks(before) + 1);
	});

	it('sets every trigger beside the period compared with', async () => {
		const recent = await pageAt('week=2026-11-09&weeks=4');
		expect(recent.compared.lacks).toBeNull();
		const earlier = await pageAt('week=2026-10-12&weeks=4');
		for (const rule of recent.rules.filter(({ before }) => before)) {
			const same = earlier.rules.find(
				({ route, trigger }) => route === rule.route && trigger === rule.trigger
			);
			expect(rule.before?.handoffs).toBe(same?.handoffs);
			expect(rule.before?.values.late_rate).toEqual(same?.values.late_rate);
		}
	});
});

describe('logs that say less', () => {
	it('with nothing planted, no rule stands out and no queue', async () => {
		const other = await TestStore.open();
		try {
			await other.importSample({ ...smallSample, effects: false });
			const quiet = await pageAt(whole);
			expect(quiet.tested).toBeGreaterThan(100);
			expect(quiet.tunings).toEqual([]);
			expect(
				quiet.misrouting.queues.filter(
					({ difference }) => difference?.differs && (difference.value ?? 0) > 0
				)
			).toEqual([]);
		} finally {
			await other.close();
		}
	}, 120_000);

	it('without confidence, labels and triggers the page says what is missing', async () => {
		const other = await TestStore.open();
		try {
			const row = (at: number) => ({
				conversation_id: `c-${at}`,
				handed_off_at: `2026-11-${String(2 + (at % 12)).padStart(2, '0')}T10:00:00Z`,
				outcome: 'resolved'
			});
			await other.importRows(
				'bare',
				Array.from({ length: 40 }, (_, at) => row(at))
			);
			const bare = await pageAt(whole);
			expect(bare).toMatchObject({ tested: 0, tunings: [], timing: null, untriggered: 40 });
			expect(bare.threshold.lacks).toBe('confidence');
			expect(bare.requests.all).toMatchObject([{ requests: null, handoffs: 40 }]);
			expect(bare.reviews.all).toBeNull();
			await other.importRows('more', [
				{ ...row(90), trigger: 'full_moon', confidence: 0.3 },
				{ ...row(91), trigger: 'low_confidence', confidence: 0.4 }
			]);
			const more = await pageAt(whole);
			expect(more.unknown).toBe(1);
			expect(more.threshold.lacks).toBe('kept');
		} finally {
			await other.close();
		}
	});
});
