/** Told how far a grouping is, 0 to 1. How often questions are looked at again is not known before: an estimate. */
export type Tell = (share: number) => void;

/** Questions between two words, and words of one walk, at most. */
const between = 500;
const most = 50;

/**
 * Walks over questions, one after the other, that say how far they are. Each takes up a part of what
 * is left to do, so that the share never falls.
 */
export function walks(tell: Tell = () => undefined) {
	let done = 0;
	return <Item, Out>(items: readonly Item[], part: number, each: (item: Item) => Out): Out[] => {
		const [from, size] = [done, (1 - done) * part];
		const step = Math.max(between, Math.ceil(items.length / most));
		done += size;
		return items.map((item, at) => {
			if (at > 0 && at % step === 0) tell(from + (size * at) / items.length);
			return each(item);
		});
	};
}

/** Parts of what is left that making questions ready takes, and one look for their groups. */
export const readying = 0.2;
export const looking = 0.7;
