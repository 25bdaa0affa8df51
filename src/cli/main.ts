/** The command line of Seam: one file a command. */
import { Command, CommanderError } from 'commander';
import { messageOf, SeamError } from '../../ingest/errors.ts';
import { closeEngine } from '../lib/server/store/engine.ts';
import { readVersion } from '../lib/server/store/log.ts';
import { fixCommand } from './fix.ts';
import { gapsCommand } from './gaps.ts';
import { importCommand } from './import.ts';
import { metricsCommand } from './metrics.ts';
import { phrasesCommand } from './phrases.ts';
import { quarantineCommand } from './quarantine.ts';
import { reportCommand } from './report.ts';
import { reviewsCommand } from './reviews.ts';
import { sampleCommand } from './sample.ts';
import { serveCommand } from './serve.ts';
import { statusCommand } from './status.ts';

const commands = [
	importCommand,
	sampleCommand,
	metricsCommand,
	gapsCommand,
	reportCommand,
	statusCommand,
	quarantineCommand,
	reviewsCommand,
	fixCommand,
	phrasesCommand,
	serveCommand
];

const surroundings = `
Environment:
  SEAM_DATA    the data folder (data/ in the folder of Seam)
  SEAM_MEMORY  most memory the database takes, such as 2GB (half of the machine's, 2 GB at most)
  SEAM_DEBUG   set to 1 to see the stack of an error

Ends with 0 when done, 1 when it failed, 2 when the words are off, 130 when interrupted.
seam COMMAND --help says more and gives examples.`;

/**
 * Runs the words after `seam`.
 * @returns the exit code: 0 done, 1 it failed, 2 the words are off, 130 interrupted
 */
export async function main(argv: string[]): Promise<number> {
	const program = new Command('seam')
		.description(
			'Handoff analytics: what happened to the customer each time an AI handed over.'
		)
		.version(await readVersion(), '-v, --version', 'print the version')
		.addHelpText('after', surroundings);
	for (const make of commands) program.addCommand(make());
	for (const command of withParts(program))
		command
			.exitOverride()
			.configureOutput({
				outputError: (text, write) => write(text.replace(/^error: /, 'seam: '))
			})
			.helpOption('-h, --help', 'print this help')
			.showHelpAfterError(`Run ${nameOf(command)} --help for what it takes.`);
	if (argv.length === 0) {
		program.outputHelp();
		return 0;
	}
	try {
		await program.parseAsync(argv, { from: 'user' });
		return 0;
	} catch (error) {
		if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
		console.error(`seam: ${messageOf(error)}`);
		if (!(error instanceof SeamError) && process.env.SEAM_DEBUG) console.error(error);
		return error instanceof SeamError ? error.exitCode : 1;
	} finally {
		await closeEngine();
	}
}

/** A command, those within it, and so on. */
const withParts = (command: Command): Command[] => [
	command,
	...command.commands.flatMap((part) => withParts(part))
];

const nameOf = (command: Command): string =>
	command.parent ? `${nameOf(command.parent)} ${command.name()}` : command.name();
