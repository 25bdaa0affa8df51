/** What runs in the thread that groups questions: it takes them in parts, and groups them when told. */
import { parentPort } from 'node:worker_threads';
import {
	takeInFirst,
	takeInLater,
	takeInRest,
	type GroupStatus,
	type TakenIn
} from '../../analysis/phrases/takeIn.ts';
import type { PhraseModel } from '../../analysis/phrases/phraseModel.ts';

/** Questions that are to be grouped; or the word that all are there, and what they join. */
export type GroupingTask =
	| { questions: string[] }
	| { step: 'first'; language: string | null }
	| { step: 'rest'; body: string }
	| { step: 'later'; body: string; statuses: Record<string, GroupStatus> };

/** Null: too few. `body` is null where the model has stayed as it was. */
export type GroupingAnswer = {
	body: string | null;
	gained: TakenIn['gained'];
	/** number of the group of each question, 0 for none */
	groups: Int32Array;
	/** cosine of each to the centre of its group */
	similarities: Float64Array;
} | null;

/** What the thread says: how far a step is (0 to 1), and in the end what it found. */
export type GroupingWord = { share: number } | { answer: GroupingAnswer };

/** The number of a group within its model, of the id that the method gives it. */
const numberOf = (id: string) => Number(id.slice(1));

let held: string[] = [];

const say = (word: GroupingWord) => parentPort?.postMessage(word);

function takenIn(task: Exclude<GroupingTask, { questions: string[] }>): TakenIn | null {
	const tell = (share: number) => say({ share });
	if (task.step === 'first') return takeInFirst(task.language, held, tell);
	const model = JSON.parse(task.body) as PhraseModel;
	if (task.step === 'rest') return takeInRest(model, held, tell);
	return takeInLater({ model, statuses: task.statuses }, held, tell);
}

function answerOf(task: Exclude<GroupingTask, { questions: string[] }>): GroupingAnswer {
	const taken = takenIn(task);
	if (!taken) return null;
	const { model, gained, assigned } = taken;
	return {
		body: gained.length > 0 || task.step === 'first' ? JSON.stringify(model) : null,
		gained,
		groups: Int32Array.from(assigned, (found) => (found ? numberOf(found.group) : 0)),
		similarities: Float64Array.from(assigned, (found) => found?.similarity ?? 0)
	};
}

parentPort?.on('message', (task: GroupingTask) => {
	if ('questions' in task) {
		held.push(...task.questions);
		return;
	}
	try {
		say({ answer: answerOf(task) });
	} finally {
		held = [];
	}
});
