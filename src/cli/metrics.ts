import { Command, Option } from 'commander';
import { dimensions } from '../lib/server/scope/filter.ts';
import { filterDimensions } from '../lib/scope.ts';
import { metricIds } from '../lib/metrics.ts';
import { answerMetrics, formats, readMetricsQuery } from '../lib/server/measure/metricsQuery.ts';
import { askServer, requireData } from './server.ts';
import { conditions, whereOption } from './where.ts';

type Options = {
	metrics: string;
	by?: string;
	from: string;
	to: string;
	where?: string[];
	format: string;
};

const examples = `
Every number comes with n, its interval (low, high) and coverage: the share of rows that
carry what it needs. Dates are local, --to is excluded. --where topic= keeps those without one.

Examples:
  seam metrics --metrics handoffs,csat_top2 --by week --from 2026-08-03 --to 2026-11-02
  seam metrics --metrics repeat_rate --by month,topic --from 2026-01-01 --to 2026-07-01 --format csv
  seam metrics --metrics wait_after_p90 --from 2026-08-03 --to 2026-08-10 \\
    --where topic=Refunds --where topic=Delivery --where channel=chat

Metrics: ${metricIds.join(', ')}.
Dimensions: ${dimensions.join(', ')}; --where takes ${filterDimensions.join(', ')}.`;

/** `seam metrics`: the same rows as GET /api/metrics. */
export function metricsCommand(): Command {
	return new Command('metrics')
		.description('Measure metrics: the same rows as GET /api/metrics.')
		.requiredOption('--metrics <a,b>', 'one or more, divided by commas')
		.option('--by <x,y>', 'split by up to two dimensions, such as week,topic')
		.requiredOption('--from <date>', 'first local day, such as 2026-08-01')
		.requiredOption('--to <date>', 'the local day after the last one')
		.addOption(whereOption())
		.addOption(new Option('--format <form>', 'of the answer').choices(formats).default('json'))
		.addHelpText('after', examples)
		.action(async ({ where = [], ...options }: Options) => {
			const parameters = new URLSearchParams();
			for (const [name, value] of Object.entries(options))
				if (value !== undefined) parameters.append(name, value);
			for (const condition of conditions(where)) parameters.append(...condition);
			const question = readMetricsQuery(parameters);
			const answer = await askServer(`/api/metrics?${parameters.toString()}`);
			if (!answer) requireData();
			process.stdout.write(answer ? await answer.text() : await answerMetrics(question));
		});
}
