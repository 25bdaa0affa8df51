/** Questions of known groups, for tests. */

/** Matters that share no words. */
const matters = {
	parcel: 'parcel courier tracking doorstep neighbour late',
	invoice: 'invoice copy document download address vat',
	password: 'password reset login forgot locked username',
	scooter: 'scooter folds train weight wheels battery'
} as const;
export type Matter = keyof typeof matters;

/** So many questions of a matter: its words but two, in turns. */
export const questionsOf = (matter: Matter, count: number): string[] =>
	Array.from({ length: count }, (_, at) => {
		const words = matters[matter].split(' ');
		const kept = words.filter((_, place) => place !== at % 6 && place !== (at + 2) % 6);
		const turn = Math.floor(at / 6) % kept.length;
		const turned = [...kept.slice(turn), ...kept.slice(0, turn)];
		return (Math.floor(at / 24) % 2 === 1 ? turned.reverse() : turned).join(' ');
	});

/** Handoffs of a topic with questions, one an hour from a Monday on; every other one is a failure. */
export const handoffsOf = (
	id: string,
	questions: readonly string[],
	more: Record<string, string> = {}
) =>
	questions.map((question, at) => ({
		handoff_id: `${id}-${at}`,
		conversation_id: `${id}-c${at}`,
		handed_off_at: new Date(Date.UTC(2026, 9, 5, at)).toISOString(),
		topic: 'Refunds',
		language: 'en',
		route: at % 2 === 0 ? 'failure' : 'topic',
		question,
		...more
	}));
