import { reference } from './reference.ts';

/** The comparison of the reference file, before and after a fix. */
export type FixInputs = {
	counts: number[][];
	exposure: number[][];
	treated: number;
	first_post_week: number;
};
export type FixExpected = Record<
	| 'ratio_of_rate_ratios'
	| 'log_rr'
	| 'se_log_poisson'
	| 'dispersion_phi'
	| 'se_log_quasi'
	| 'placebo_p_one_sided'
	| 'pretrend_slope'
	| 'pretrend_p'
	| 'averted_in_post',
	number
> & {
	ci95_quasi: [number, number];
	glm: Record<
		'log_rr' | 'se_model' | 'se_quasi' | 'se_cluster_topic' | 'pearson_chi2' | 'df_resid',
		number
	>;
	placebo_log_effects: number[];
};

/** The interrupted series of the file. */
export type SeriesInputs = { y: number[]; first_post: number; maxlags: number };
export type SeriesExpected = Record<
	'ols_params' | 'ols_se' | 'hac_se' | 'poisson_params' | 'poisson_se',
	number[]
> &
	Record<
		'durbin_watson' | 'poisson_dispersion' | 'level_change_rr' | 'cumulative_averted',
		number
	>;

const file = reference('fix_verification');
const named = (key: string) =>
	file.cases.filter(({ inputs }) => key in (inputs as object)).map(({ id }) => id);

export const fixFile = {
	present: file.present,
	comparisons: named('counts'),
	series: named('y'),
	all: file.cases.map(({ id }) => id),
	comparison: (id: string) => file.case<FixInputs, FixExpected>(id),
	one: (id: string) => file.case<SeriesInputs, SeriesExpected>(id)
};
