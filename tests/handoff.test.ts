import { describe, expect, it } from 'vitest';
import {
	formatRating,
	verdictOf,
	verdictWords,
	type Handoff,
	type Judged
} from '../src/lib/handoff.ts';
import { moments } from '../src/lib/moments.ts';
import { reasons } from '../src/lib/reasons.ts';
import { scoreParts } from '../src/lib/scoreParts.ts';
import { returnPath } from '../src/lib/server/handoff/returnPath.ts';
import { silentHandoff as silent } from './fixtures/handoff.ts';

const handoff = (known: Partial<Handoff>): Handoff => ({ ...silent, ...known });

describe('the reasons of a low score', () => {
	it.each<[Partial<Judged>, string[]]>([
		[{}, []],
		[{ is_late: true, wait_before_s: 560 }, ['late: 9 min 20 s with the AI']],
		[{ is_late: true, wait_before_s: 20, ai_attempts: 5 }, ['late: 5 answers tried']],
		[
			{ is_late: true, wait_before_s: 301, ai_attempts: 3 },
			['late: 5 min 1 s with the AI, 3 answers tried']
		],
		[
			{ is_late: true, is_fought: true, human_requests: 3, wait_before_s: 20 },
			['fought for: asked 3 times for a person']
		],
		[{ is_late: true, human_requests: 1 }, ['late: asked once for a person']],
		[
			{
				is_cold: true,
				context: ['identity', 'records', 'reason'],
				missing: ['transcript', 'summary']
			},
			['cold: neither summary nor transcript travelled']
		],
		[{ is_cold: true, reasked: 2 }, ['cold: asked again 2 times']],
		[
			{ is_cold: true, context: [], missing: ['summary', 'records'], reasked: 3 },
			[
				'cold: neither summary nor transcript travelled',
				'asked again 3 times',
				'travelled without records'
			]
		],
		[{ is_hidden: true }, ['hidden: not told']],
		[
			{ is_misrouted: true, queue: 'Payments', resolved_queue: 'Billing', transfers: 2 },
			['wrong queue: Payments → Billing']
		],
		[
			{ is_misrouted: true, queue: 'Billing', resolved_queue: 'Billing', transfers: 2 },
			['wrong queue: moved 2 times']
		],
		[
			{ is_resolved: false, outcome: 'abandoned', is_answered: false, wait_after_s: 840 },
			['not resolved: abandoned after 14 min']
		],
		[{ is_resolved: false, outcome: 'returned_to_ai' }, ['not resolved: given back to the AI']],
		[{ is_answered: true, wait_after_s: 840 }, ['waited 14 min for a person']],
		[{ is_answered: true, wait_after_s: 330 }, []],
		[{ is_cold: false, reasked: 1 }, ['asked again once']],
		[
			{ is_resolved: true, resolution_efficiency: 0, handle_s: 1500, topic: 'Billing' },
			['slow: 25 min of work, long for Billing']
		]
	])('of %j are %j', (known, expected) => {
		expect(reasons(handoff(known))).toEqual(expected);
	});
});

describe('the score by component', () => {
	it('says of each what it comes from, with its share of the weight', () => {
		const parts = scoreParts(
			handoff({
				topic: 'Billing',
				context: ['summary', 'records', 'articles'],
				missing: ['transcript', 'identity', 'reason'],
				is_misrouted: true,
				transfers: 1,
				outcome: 'resolved',
				is_resolved: true,
				reasked: 1,
				announced: true,
				wait_after_s: 330,
				handle_s: 300,
				p20_s: 120,
				p80_s: 600,
				components: { context: 0.4, routing: 0.5, smoothness: 2 / 3, resolution: 0.43 },
				weights: { context: 2, routing: 1, smoothness: 1, resolution: 0 }
			})
		);
		expect(parts.map(({ weight }) => weight)).toEqual([0.5, 0.25, 0.25, 0]);
		expect(parts.map(({ why }) => why)).toEqual([
			'2 of 5 required items travelled.',
			'Moved once, then resolved.',
			'Mean of: asked again once (0.5), told of the handoff (1), 5 min 30 s of wait (0.50).',
			'5 min of work. Billing: 1 up to 2 min, 0 from 10 min.'
		]);
	});

	it('names what the log lacks where a component is not known', () => {
		expect(scoreParts(silent).map(({ value, why }) => [value, why])).toEqual([
			[null, 'The log carries no context.'],
			[null, 'The log carries no transfers and no two queues.'],
			[null, 'The log carries no reasked, no announced, no wait.'],
			[null, 'The log carries no outcome.']
		]);
	});
});

describe('what happened', () => {
	it('stands in order, with how long each step took', () => {
		const list = moments(
			handoff({
				began_local: '2026-11-09T13:00:00',
				wait_before_s: 600,
				replied_local: '2026-11-09T13:11:30',
				is_answered: true,
				wait_after_s: 90,
				resolved_local: '2026-11-09T13:20:00',
				outcome: 'resolved',
				is_resolved: true,
				handle_s: 300,
				next_contact_local: '2026-11-11T13:20:00',
				next_contact_after_s: 172_800,
				is_next_same_topic: false
			})
		);
		expect(list.map(({ what, took }) => [what, took])).toEqual([
			['Conversation began', null],
			['Handed over', '10 min with the AI'],
			['First human reply', '1 min 30 s of wait for a person'],
			['Resolved', '5 min of work by a person'],
			['The customer came back on another topic', '2 d after the end']
		]);
		const times = list.map(({ at }) => at ?? '');
		expect(times).toEqual(times.toSorted());
	});

	it('has no reply and no work where the customer gave up', () => {
		const list = moments(
			handoff({
				outcome: 'abandoned',
				is_resolved: false,
				is_answered: false,
				wait_after_s: 400
			})
		);
		expect(list.map(({ what, took }) => [what, took])).toEqual([
			['Handed over', null],
			['Abandoned', '6 min 40 s of wait']
		]);
	});

	it('ends with the reply where the end was not logged', () => {
		const list = moments(handoff({ outcome: 'answered', is_answered: true, wait_after_s: 5 }));
		expect(list.map(({ what }) => what)).toEqual(['Handed over', 'First human reply']);
	});
});

describe('a verdict', () => {
	const review = {
		handoff_id: 'h',
		necessary: null,
		lacked: null,
		note: null,
		reviewer: null,
		reviewed_local: '2026-11-16T09:00'
	};

	it('is that of Seam, else that of the log, else none', () => {
		expect(verdictOf(handoff({}))).toBeNull();
		expect(verdictOf(handoff({ necessary: false }))).toEqual({
			necessary: false,
			lacked: null
		});
		expect(verdictOf(handoff({ necessary: false, review }))).toMatchObject({ necessary: null });
	});

	it.each([
		[{ necessary: false, lacked: 'information' }, 'no person needed, AI lacked information'],
		[{ necessary: true, lacked: null }, 'person needed'],
		[{ necessary: null, lacked: null }, 'unsure']
	])('%j reads "%s"', (verdict, words) => {
		expect(verdictWords(verdict)).toBe(words);
	});
});

describe('one rating', () => {
	it('is written as it was given, with a decimal between two answers', () => {
		expect([3, 4.4285, null].map(formatRating)).toEqual(['3', '4.4', '–']);
	});
});

describe('the way back from a form', () => {
	it.each([
		['/?week=2026-11-09&topic=A%26B#lowest-3', '/?week=2026-11-09&topic=A%26B#lowest-3'],
		['/handoffs/a%2Fb', '/handoffs/a%2Fb'],
		['//elsewhere.example/x', '/own'],
		['/\\elsewhere.example', '/own'],
		['/.//elsewhere.example', '/own'],
		['/\t/elsewhere.example', '/own'],
		['https://elsewhere.example/', '/own'],
		['javascript:alert(1)', '/own'],
		['week', '/own'],
		['', '/own'],
		[null, '/own']
	])('%j leads to %s', (from, to) => {
		expect(returnPath(from, '/own')).toBe(to);
	});
});
