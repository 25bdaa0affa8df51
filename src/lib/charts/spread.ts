/** Moves labels at line ends apart, so that none covers another. */
export function spread<End extends { y: number | null }>(ends: End[], gap: number): End[] {
	const sorted = ends.filter((end) => end.y !== null).sort((a, b) => (a.y ?? 0) - (b.y ?? 0));
	let below = -Infinity;
	return sorted.map((end) => {
		const y = Math.max(end.y ?? 0, below + gap);
		below = y;
		return { ...end, y };
	});
}
