import { Command } from 'commander';
import { UsageError } from '../../ingest/errors.ts';
import { filterDimensions } from '../lib/server/filter.ts';
import { metricIds } from '../lib/metrics.ts';
import { answerMetrics, formats, readMetricsQuery } from '../lib/server/metricsQuery.ts';
import { askServer } from './server.ts';

type Options = {
	metrics: string;
	by?: string;
	from: string;
	to: string;
	where: string[];
	format: string;
};

/** `seam metrics`: the same rows as GET /api/metrics. */
export function metricsCommand(): Command {
	return new Command('metrics')
		.description('Measure metrics: the same rows as GET /api/metrics.')
		.requiredOption('--metrics <a,b>', `one or more of ${metricIds.join(', ')}`)
		.option('--by <x,y>', 'split by up to two dimensions, such as week,topic')
		.requiredOption('--from <date>', 'first local day, such as 2026-08-01')
		.requiredOption('--to <date>', 'the local day after the last one')
		.option(
			'--where <dimension=value...>',
			`keep a value; again for several. Dimensions: ${filterDimensions.join(', ')}`,
			(condition: string, all: string[]) => [...all, condition],
			[]
		)
		.option('--format <form>', formats.join(', '), 'json')
		.action(async ({ where, ...options }: Options) => {
			const parameters = new URLSearchParams();
			for (const [name, value] of Object.entries(options))
				if (value !== undefined) parameters.append(name, value);
			for (const condition of where) parameters.append(...readCondition(condition));
			const question = readMetricsQuery(parameters);
			const answer = await askServer(`/api/metrics?${parameters.toString()}`);
			process.stdout.write(answer ? await answer.text() : await answerMetrics(question));
		});
}

function readCondition(condition: string): [string, string] {
	const [dimension, ...value] = condition.split('=');
	if (!filterDimensions.some((known) => known === dimension) || value.length === 0)
		throw new UsageError(
			`--where ${condition} is not of the form dimension=value; dimensions: ${filterDimensions.join(', ')}.`
		);
	return [String(dimension), value.join('=')];
}
