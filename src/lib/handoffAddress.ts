/** The address of a handoff's page, and the id in it. */

/** Browsers take these for steps from folder to folder, also when they are encoded. */
const steps = /^\.{1,2}$/;

/**
 * The path of a handoff's page: "/handoffs/a%2F1".
 * @param list the list it is reviewed from, path and query of its page: "/?week=2026-11-09"
 */
export function handoffAddress(id: string, list?: string | null): `/handoffs/${string}` {
	const segment = steps.test(id) || id.startsWith('~') ? `~${id}` : id;
	const along = list ? `?${new URLSearchParams({ list }).toString()}` : '';
	return `/handoffs/${encodeURIComponent(segment)}${along}`;
}

/** The id that a segment of such a path stands for, once it is decoded. */
export const idOfSegment = (segment: string) =>
	segment.startsWith('~') ? segment.slice(1) : segment;
