import type { Narrowing } from '../../handoffs.ts';
import type { Choices } from '../../repeats.ts';

/** Handoffs seen to be followed by a contact within some days; the list knows no channels of returns. */
export function returnsWithin(
	{ match, on }: Pick<Choices, 'match' | 'on'>,
	days: number
): Narrowing | null {
	if (on === 'same') return null;
	const column = match === 'same' ? 'back_s' : 'contact_s';
	return { ranges: { [column]: { from: null, to: days * 86_400 } } };
}
