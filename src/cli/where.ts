/** `--where dimension=value`, as commands that filter take it. */
import { Option } from 'commander';
import { UsageError } from '../../ingest/errors.ts';
import { filterDimensions } from '../lib/scope.ts';

/** The option; its value is every condition given. */
export function whereOption(): Option {
	return new Option(
		'--where <dimension=value...>',
		'keep handoffs with this value; again for several'
	).argParser((condition: string, all: string[] = []) => [...all, condition]);
}

/**
 * The parameters that a list of conditions stands for.
 * @throws UsageError that names the condition at fault
 */
export function conditions(where: string[]): [dimension: string, value: string][] {
	return where.map((condition) => {
		const [dimension, ...value] = condition.split('=');
		if (!filterDimensions.some((known) => known === dimension) || value.length === 0)
			throw new UsageError(
				`--where ${condition} is not of the form dimension=value; dimensions: ${filterDimensions.join(', ')}.`
			);
		return [String(dimension), value.join('=')];
	});
}
