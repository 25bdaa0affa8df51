/** Logs that lack what gaps and fixes are made of, and topics of any spelling. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plainWords, joined } from '../../../src/lib/said.ts';
import { gapHeadline } from '../../../src/lib/gapWords.ts';
import { fixVerdictWords } from '../../../src/lib/fixWords.ts';
import { readFixLedger } from '../../../src/lib/server/fixes/fixLedger.ts';
import { saveFix } from '../../../src/lib/server/fixes/fixes.ts';
import { answerGaps, gapsParameters } from '../../../src/lib/server/gaps/gapFile.ts';
import { readGaps } from '../../../src/lib/server/gaps/gaps.ts';
import { readGapsChoice, readGapsPage } from '../../../src/lib/server/gaps/gapsPage.ts';
import { readChoice } from '../../../src/lib/server/scope/scope.ts';
import { readLog } from '../../../src/lib/server/store/log.ts';
import { readParameters } from '../../../src/lib/server/http/parameters.ts';
import { renamePhrase } from '../../../src/lib/server/phrases/phraseEntries.ts';
import { readPhraseGroups } from '../../../src/lib/server/phrases/phraseGroups.ts';
import { groupQuestions } from '../../../src/lib/server/phrases/phraseJob.ts';
import { handoffsOf, questionsOf } from '../phrases/questions.ts';
import { ever, TestStore } from '../store.ts';

let store: TestStore;
beforeEach(async () => {
	store = await TestStore.open({ timezone: 'UTC' });
});
afterEach(() => store.close());

describe('a log without route and trigger', () => {
	it('says that no failure is known, and judges no fix by none', async () => {
		const days = Array.from({ length: 84 }, (_, day) => ({
			handoff_id: `h${day}`,
			conversation_id: `c${day}`,
			handed_off_at: new Date(Date.UTC(2026, 7, 3 + day, 12)).toISOString(),
			topic: day % 3 === 0 ? 'Refunds' : 'Returns'
		}));
		await store.importRows('plain', days);
		await saveFix({ what: 'Article', done_on: '2026-09-07', topic: 'Refunds' });
		const said = plainWords(joined(gapHeadline(await readGaps(ever)), ' '));
		expect(said).toMatch(/^No failure is known: 84 handoffs/);
		const { fixes, total } = await readFixLedger();
		expect(total).toBeNull();
		expect(fixes).toMatchObject([{ unrouted: true, status: 'not proven yet', trend: [] }]);
		const [fix] = fixes;
		// Of twelve full weeks five lie before the fix and six after it: weeks are known.
		const met = fix?.conditions.filter(({ isMet }) => isMet).map(({ name }) => name);
		expect([fix?.weeks, met]).toMatchObject([
			{ before: 5, after: 6 },
			['weeksBefore', 'weeksAfter']
		]);
		expect(fix && fixVerdictWords(fix)).toMatch(/neither route nor trigger/);
		expect(fix && fixVerdictWords(fix)).not.toMatch(/0 failures/);
	});
});

describe('a log whose topics are free text', () => {
	it('has a page of a hundred topics without excess, those with most failures, and says how many there are', async () => {
		const rows = Array.from({ length: 150 }, (_, at) =>
			handoffsOf(`t${at}`, questionsOf('parcel', at < 75 ? 2 : 6), { topic: `text ${at}` })
		).flat();
		await store.importRows('odd', rows);
		const asked = new URLSearchParams();
		const page = await readGapsPage(readGapsChoice(readChoice(asked), asked), await readLog());
		expect(page?.others).toBe(150);
		expect(page?.gaps).toHaveLength(100);
		const busy = page?.gaps.filter(({ topic }) => Number(topic?.slice(5)) >= 75) ?? [];
		expect(busy).toHaveLength(75);
	});
});

describe('the list for a tracker', () => {
	const topic = '# (a) [b](c) | `d` @e <f>\n- _g_';
	const name = '- [x] y) | `z` @q <b> *w*';

	it('keeps topics and names of any spelling within their line and their link', async () => {
		await store.importRows('odd', handoffsOf('a', questionsOf('parcel', 40), { topic }));
		await groupQuestions();
		const [group] = (await readPhraseGroups(ever)).groups;
		await renamePhrase(group?.id ?? '', name);
		const parameters = new URLSearchParams(
			`from=${ever.from}&to=${ever.to}&all=yes&format=markdown`
		);
		const origin = 'http://127.0.0.1:3000';
		const text = await answerGaps(readParameters(gapsParameters, parameters), origin);
		const lines = text.split('\n').filter((line) => line.startsWith('- '));
		expect(lines).toHaveLength(2);
		expect(text.split('\n').filter((line) => line.startsWith('#'))).toHaveLength(1);
		for (const line of lines) {
			// A parser of its own: what a backslash does not guard, ends words, link or cell.
			const found = /^- \[ \] \*\*\[((?:\\.|[^\\[\]])*)\]\(([^()\s<>|]+)\)\*\*: /u.exec(line);
			const [, words = '', address = ''] = found ?? [];
			expect(words).not.toBe('');
			expect(words).not.toMatch(/(?<!\\)[`|*<]|@\w/u);
			const plain = words
				.replace(/\\(.)/gu, '$1')
				.replaceAll('&lt;', '<')
				.replaceAll('\u2060', '');
			const spelt = topic.replace(/\s+/g, ' ');
			expect([spelt, `${spelt}: ${name}`]).toContain(plain);
			expect(decodeURIComponent(new URL(address).pathname)).toBe(`/gaps/${topic}`);
		}
		expect(new Set(lines).size).toBe(2);
	});
});
