import type { Stratum } from '../../src/lib/analysis/directStandardisation.ts';

type Path = 'ai' | 'handoff' | 'human';
type Pair = [number, number];

/** The reference case of three paths by four topics. */
export type CsatByPath = {
	inputs: { data: { topic: string; path: Path; conv: number; resp: number; pos: number }[] };
	expected: {
		per_path: {
			path: Path;
			crude: number;
			response_rate: number;
			ipw_by_topic: number;
			se_ipw: number;
			standardised_to_handoff_mix: number;
			se_std: number;
			ci_std: Pair;
			manski_lower: number;
			manski_upper: number;
		}[];
		human_minus_handoff: { diff: number; se: number; ci: Pair };
		sensitivity_delta: { path: Path; delta: number; mean: number }[][];
	};
};

/** Its rows as strata of each path. */
export function csatPaths(data: CsatByPath['inputs']['data']): Record<Path, Stratum[]> {
	const of = (path: Path) =>
		data
			.filter((row) => row.path === path)
			.map(({ topic, conv, resp, pos }) => ({
				topic,
				conversations: conv,
				answers: resp,
				positive: pos
			}));
	return { ai: of('ai'), handoff: of('handoff'), human: of('human') };
}
