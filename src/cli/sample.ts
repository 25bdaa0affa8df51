import path from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { messageOf, StoreError } from '../../ingest/errors.ts';
import { writeSample } from '../../ingest/sample/write.ts';
import { isDate } from '../lib/dates.ts';
import { dataFolder } from '../lib/server/store/root.ts';

type Options = {
	weeks: number;
	conversations: number;
	seed: number;
	end?: string;
	out?: string;
	effects: boolean;
};

const examples = `
Beside the logs stands truth.json: what was planted in them, for a method to find again.

Examples:
  seam sample
  seam sample --no-effects --out /tmp/quiet
  seam sample --out /tmp/shop --weeks 12 --conversations 5000 --seed 1
  seam import /tmp/shop`;

/** `seam sample` */
export function sampleCommand(): Command {
	return new Command('sample')
		.description('Write the log of a made-up shop, with known effects planted in it.')
		.option('--weeks <n>', 'weeks the log covers', whole(1), 30)
		.option('--conversations <n>', 'conversations in all', whole(1), 60_000)
		.option('--seed <n>', 'the same seed writes the same log', whole(0), 7)
		.option(
			'--end <date>',
			'ends with the last full week up to this day (default: yesterday)',
			date
		)
		.option('--no-effects', 'plants nothing: the log of the same shop with nothing to find')
		.option('--out <folder>', 'where to write it (default: sample in the data folder)')
		.addHelpText('after', examples)
		.action(async (options: Options) => {
			const out = path.resolve(options.out ?? path.join(dataFolder(), 'sample'));
			const written = await writeSample({ ...options, out }).catch((error: unknown) => {
				if (!(error instanceof Error && 'code' in error)) throw error;
				throw new StoreError(
					`The sample cannot be written to ${out} (${messageOf(error)}). Give another folder with --out.`
				);
			});
			console.log(
				`${written.handoffs} handoffs and ${written.conversations} conversations in ${out}\nseam import ${JSON.stringify(out)} loads them.`
			);
		});
}

const whole = (least: number) => (text: string) => {
	const n = Number(text);
	if (!Number.isSafeInteger(n) || n < least)
		throw new InvalidArgumentError(`${text} is not a whole number of ${least} or more.`);
	return n;
};

function date(text: string): string {
	if (!isDate(text)) throw new InvalidArgumentError(`${text} is not a date such as 2026-11-15.`);
	return text;
}
