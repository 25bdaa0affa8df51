/** Fixes as forms send them. */
import { UsageError } from '../../../../ingest/errors.ts';
import { subjectOf, type TypedFix } from '../../fixVerdict.ts';
import { currentPhrase } from '../phrases/phraseEntries.ts';
import { editFix, saveFix } from './fixes.ts';

const names = ['what', 'done_on', 'who', 'link', 'topic', 'phrase_group'] as const;

/** What a form holds, as it was typed. */
export function typedFix(form: FormData, given: Partial<TypedFix> = {}): TypedFix {
	const text = (name: keyof TypedFix) => {
		const typed = form.get(name);
		return given[name] ?? (typeof typed === 'string' ? typed : '');
	};
	const typed = Object.fromEntries(names.map((name) => [name, text(name)])) as TypedFix;
	const about = form.get('about');
	return typeof about === 'string' ? { ...typed, ...subjectOf(about) } : typed;
}

/**
 * Records what was typed, or edits a fix with it.
 * @throws UsageError in words for who typed it
 */
export async function keepTyped(typed: TypedFix, id: number | null = null): Promise<void> {
	if (typed.what.trim() === '') throw new UsageError('Say in a line what was done.');
	if (typed.done_on.trim() === '') throw new UsageError('Say since which day it is live.');
	if (typed.topic === '') throw new UsageError('Choose the topic that it is about.');
	const group = typed.phrase_group === '' ? null : await currentPhrase(typed.phrase_group);
	if (group && (group.topic ?? '') !== typed.topic)
		throw new UsageError(
			`The phrase group is of the topic “${group.topic ?? ''}”: choose one of “${typed.topic}”, or none.`
		);
	if (id === null) await saveFix(typed);
	else await editFix(id, typed);
}
