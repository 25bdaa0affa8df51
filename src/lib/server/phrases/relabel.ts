/** Labels made anew after the rules of masking have changed. */
import { setImmediate as breath } from 'node:timers/promises';
import { INTEGER } from '@duckdb/node-api';
import { z } from 'zod';
import { maskVersion } from '../../analysis/phrases/maskPersonal.ts';
import { phraseLabels } from '../../analysis/phrases/phraseLabels.ts';
import { prepared } from '../../analysis/phrases/proposals.ts';
import { words } from '../../analysis/phrases/terms.ts';
import { query } from '../store/query.ts';
import { saveLabels } from './phraseModels.ts';

export const outdatedRow = z.strictObject({ model: z.int() });

export const labelledRow = z.strictObject({
	n: z.int().nullable(),
	label: z.string().nullable(),
	question: z.string()
});

/** Questions read of a group, the most central ones: a telling word stands in many of them. */
const mostOfGroup = 60;

/**
 * Gives groups a new label whose label says a word that none of its questions says once they are
 * masked by today's rules. Others keep theirs; names that people gave stay.
 * @param signal ends it between two models
 */
export async function relabel(signal: AbortSignal): Promise<void> {
	const outdated = await query('phrases/outdated', outdatedRow, {
		values: { mask: maskVersion },
		types: { mask: INTEGER }
	});
	for (const { model } of outdated) {
		// Masking holds the thread for a moment: pages come in between.
		await breath();
		signal.throwIfAborted();
		await saveLabels(model, await renewed(model));
	}
}

async function renewed(model: number): Promise<{ n: number; label: string }[]> {
	const rows = await query('phrases/labelled', labelledRow, {
		values: { model, most: mostOfGroup },
		types: { model: INTEGER, most: INTEGER }
	});
	const beside: string[] = [];
	const groups = new Map<number, { label: string; texts: string[] }>();
	for (const { n, label, question } of rows) {
		const text = prepared(question);
		if (n === null) beside.push(text);
		else {
			const group = groups.get(n) ?? { label: label ?? '', texts: [] };
			group.texts.push(text);
			groups.set(n, group);
		}
	}
	const labels = phraseLabels(
		[...groups.values()].map(({ texts }) => texts),
		{ beside }
	);
	return [...groups].flatMap(([n, { label, texts }], at) => {
		const said = new Set(texts.flatMap(words));
		const holds = words(label).every((word) => said.has(word));
		return holds ? [] : [{ n, label: labels[at] ?? '' }];
	});
}
