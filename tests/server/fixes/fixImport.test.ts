import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { csvFormat, csvParse, csvParseRows, dsvFormat } from 'd3-dsv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fix } from '../../../src/lib/fix.ts';
import { listFixes, writeFixes } from '../../../src/lib/server/fixes/fixFile.ts';
import { importFixes } from '../../../src/lib/server/fixes/fixImport.ts';
import { readFixLedger, writeFixLedger } from '../../../src/lib/server/fixes/fixLedger.ts';
import {
	editFix,
	readFixes,
	readFixVersions,
	saveFix,
	withdrawFix
} from '../../../src/lib/server/fixes/fixes.ts';
import { groupQuestions } from '../../../src/lib/server/phrases/phraseJob.ts';
import { renamePhrase } from '../../../src/lib/server/phrases/phraseEntries.ts';
import { handoffsOf, questionsOf } from '../phrases/questions.ts';
import { TestStore } from '../store.ts';

let store: TestStore;
/** The ledger of the first store as the page gives it, and as the list gives it. */
let ledger: string;
let list: string;
let before: Fix[];
const group = 'p1-1';

async function open(): Promise<void> {
	store = await TestStore.open({ timezone: 'UTC' });
	await store.importRows('a', handoffsOf('a', questionsOf('parcel', 40)));
	await store.importRows('b', handoffsOf('b', ['x'], { topic: 'Delivery' }));
	await groupQuestions();
}

beforeAll(async () => {
	await open();
	await saveFix({ what: '=1+1, "quoted"', done_on: '2026-10-12', topic: 'Refunds', who: 'Ann' });
	await saveFix({ what: 'Withdrawn', done_on: '2026-10-12', topic: 'Refunds' });
	await withdrawFix(2);
	await saveFix({
		what: 'Of a group',
		done_on: '2026-10-13',
		topic: 'Refunds',
		phrase_group: group
	});
	await editFix(3, { link: 'https://kb.example.com/a?b=1,2' });
	before = await readFixes();
	const { fixes } = await readFixLedger();
	ledger = writeFixLedger(fixes, (id) => `http://127.0.0.1:3000/fixes/${id}`);
	list = writeFixes(await listFixes({ all: 'yes' }), 'csv');
	await store.close();
	await open();
});
afterAll(() => store.close());

const given = ({ fix_id, what, who, done_on, link, topic, phrase_group }: Fix) => ({
	...{ fix_id, what, who, done_on, link, topic, phrase_group }
});

async function imported(text: string, dryRun = false) {
	const path = join(store.logs, 'ledger.csv');
	await writeFile(path, text);
	return importFixes({ path, dryRun });
}

/** The ledger with cells changed; a line of the file is that of the row and one. */
const changed = (rows: Record<string, string>[]) => {
	const [first] = csvParse(ledger.replace(/^\ufeff/, ''));
	return csvFormat(rows.map((row) => ({ ...first, ...row })));
};

describe('a ledger from another store', () => {
	it('is read and counted by a dry run, which records nothing', async () => {
		expect(await imported(ledger, true)).toMatchObject({ lines: 2, added: 2, dryRun: true });
		expect(await readFixes()).toEqual([]);
	});

	it('comes in as it was, under its numbers, from either form; the second time nothing changes', async () => {
		expect(await imported(ledger)).toEqual({
			...{ lines: 2, added: 2, unchanged: 0, ended: 0, refused: [], dryRun: false }
		});
		expect((await readFixes()).map(given)).toEqual(before.map(given));
		const versions = await readFixVersions();
		expect(await imported(ledger)).toMatchObject({ added: 0, unchanged: 2, refused: [] });
		// The list has the versions that ended too: one withdrawn, one edited.
		expect(await imported(list)).toMatchObject({ lines: 4, unchanged: 2, ended: 2, added: 0 });
		// As a spreadsheet of another language saves it.
		expect(await imported(dsvFormat(';').formatRows(csvParseRows(list)))).toMatchObject({
			...{ unchanged: 2, refused: [] }
		});
		expect(await readFixVersions()).toEqual(versions);
	});

	it('records a line without a number once, under one never given', async () => {
		const text = changed([{ fix_id: '', what: 'New' }]);
		expect(await imported(text)).toMatchObject({ added: 1 });
		expect(await imported(text)).toMatchObject({ added: 0, unchanged: 1 });
		expect((await readFixes()).map(({ fix_id }) => fix_id)).toContain(4);
	});

	it('names line, value and way out of what it refuses, and takes the rest', async () => {
		const group = { topic: 'Refunds', phrase_group: 'p1-1' };
		await renamePhrase('p1-1', 'Late parcel');
		const { lines, added, refused } = await imported(
			changed([
				{ fix_id: '1', what: 'Another' },
				{ fix_id: '10', topic: 'Refund' },
				{ fix_id: '11', done_on: '2999-01-01' },
				{ fix_id: '12', ...group, phrase: 'invoice' },
				{ fix_id: '13', phrase_group: 'p9-9' },
				{ fix_id: 'x' },
				{ fix_id: '20', what: 'Taken', phrase: '', phrase_group: '' },
				{ fix_id: '20', what: 'Twice' },
				{ fix_id: '21', what: '' }
			])
		);
		expect({ lines, added }).toEqual({ lines: 9, added: 1 });
		expect((await readFixes()).filter(({ what }) => what === 'Taken')).toMatchObject([
			{ fix_id: 20 }
		]);
		expect(refused.map(({ line }) => line)).toEqual([2, 3, 4, 5, 6, 7, 9, 10]);
		const said = [
			/fix_id is 1, and fix 1 here is “=1\+1.*another in .*what.*seam fix edit 1/,
			/topic is “Refund”.*Nearest: Refunds/,
			/done_on is 2999-01-01, which lies in the future/,
			/phrase_group is “p1-1”, which is “Late parcel” here and “invoice” in the file/,
			/phrase_group is “p9-9”.*leave it out/,
			/fix_id is “x”, not the number of a fix; leave it empty/,
			/fix_id is 20, which stands on line 8 already; leave it empty/,
			/what is empty/
		];
		for (const [at, one] of said.entries()) expect(refused[at]?.reason).toMatch(one);
	});

	it('does not bring back what was withdrawn here', async () => {
		await withdrawFix(3);
		const { refused, added } = await imported(ledger);
		expect(added).toBe(0);
		expect(refused.map(({ reason }) => reason).join()).toMatch(
			/fix 3 was withdrawn here: leave fix_id empty/
		);
	});

	it('is refused as a whole where it is none', async () => {
		await expect(imported('a,b\n1,2\n')).rejects.toThrow(/has no column what/);
		await expect(imported('what,done_on,topic,colour\n')).rejects.toThrow(/“colour”/);
		await expect(importFixes({ path: join(store.logs, 'none.csv') })).rejects.toThrow(
			/none\.csv does not exist/
		);
	});
});
