/** The command line of Seam: one file a command. */
import { Command, CommanderError } from 'commander';
import { messageOf, SeamError } from '../../ingest/errors.ts';
import { closeEngine } from '../lib/server/engine.ts';
import { readVersion } from '../lib/server/log.ts';
import { importCommand } from './import.ts';
import { metricsCommand } from './metrics.ts';
import { quarantineCommand } from './quarantine.ts';
import { sampleCommand } from './sample.ts';
import { serveCommand } from './serve.ts';
import { statusCommand } from './status.ts';

/**
 * Runs the words after `seam`.
 * @returns the exit code: 0 done, 1 it failed, 2 the words are off
 */
export async function main(argv: string[]): Promise<number> {
	const program = new Command('seam')
		.description(
			'Handoff analytics: what happened to the customer each time an AI handed over.'
		)
		.version(await readVersion())
		.showHelpAfterError('(seam --help and seam COMMAND --help say more)');
	const commands = [
		importCommand,
		sampleCommand,
		metricsCommand,
		statusCommand,
		quarantineCommand,
		serveCommand
	];
	for (const make of commands) program.addCommand(make());
	for (const command of [program, ...program.commands])
		command.exitOverride().showHelpAfterError('(seam --help and seam COMMAND --help say more)');
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
