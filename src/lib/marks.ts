/** What happened beside the numbers: marks on the time axes of figures. */
import { formatDate } from './format.ts';

/** Kinds in the order in which they are named where several fall into one week. */
export const markKinds = ['fix', 'version', 'import'] as const;
export type MarkKind = (typeof markKinds)[number];

/**
 * One event on a local day, 'YYYY-MM-DD'; `name` is what was fixed, the AI version or the file, `topic`
 * that of a fix.
 */
export type Mark = { kind: MarkKind; day: string; name: string; topic?: string };

/** A mark in a sentence: "AI version 4.2 from 5 Oct 2026", "import of october.csv on 2 Nov 2026". */
export function markWords({ kind, day, name, topic }: Mark): string {
	switch (kind) {
		case 'fix':
			return `fix “${name}”${topic === undefined ? '' : ` (${topic})`} on ${formatDate(day)}`;
		case 'version':
			return `AI version ${name} from ${formatDate(day)}`;
		case 'import':
			return `import of ${name} on ${formatDate(day)}`;
	}
}

const longest = 14;

const clipped = (name: string) => (name.length > longest ? `${name.slice(0, longest - 1)}…` : name);

/**
 * Marks of one week as a label: "shop-ai 4.2", "Refunds fix, import", "3 imports".
 * @param short of a name the last word only: "4.2" of "shop-ai 4.2", "fix" of "Refunds fix"
 */
export function markLabel(marks: readonly Mark[], short = false): string {
	return markKinds
		.flatMap((kind) => {
			const own = marks.filter((mark) => mark.kind === kind);
			const [only] = own;
			if (!only) return [];
			if (kind === 'import') return own.length === 1 ? 'import' : `${own.length} imports`;
			if (own.length > 1) return `${own.length} ${kind === 'fix' ? 'fixes' : 'versions'}`;
			if (only.topic !== undefined) return short ? 'fix' : `${clipped(only.topic)} fix`;
			const name = short ? (only.name.split(/\s+/).at(-1) ?? '') : only.name;
			return clipped(name);
		})
		.join(', ');
}
