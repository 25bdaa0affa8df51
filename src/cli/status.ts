import { Command } from 'commander';
import { readStatus, type Status } from '../lib/server/store/status.ts';
import { askServer, requireData } from './server.ts';

/** `seam status` */
export function statusCommand(): Command {
	return new Command('status')
		.description('Say what the data folder holds.')
		.option('--json', 'print it as JSON')
		.addHelpText(
			'after',
			`
Rows, first and last handoff, time zone, last import, refused lines and the version.

Examples:
  seam status
  SEAM_DATA=/srv/seam seam status --json`
		)
		.action(async ({ json }: { json?: boolean }) => {
			const answer = await askServer('/api/status');
			if (!answer) requireData();
			const status = answer ? ((await answer.json()) as Status) : await readStatus();
			console.log(json ? JSON.stringify(status) : textOf(status));
		});
}

function textOf(status: Status): string {
	const last = status.last_import;
	return [
		`Seam ${status.version}`,
		`Data folder     ${status.data}${status.sample ? ' (sample data)' : ''}`,
		`Handoffs        ${status.handoffs}`,
		`Conversations   ${status.conversations}`,
		`First handoff   ${status.first_handoff ?? 'none'}`,
		`Last handoff    ${status.last_handoff ?? 'none'}`,
		`Time zone       ${status.timezone}`,
		`Last import     ${last ? `${last.imported_at} ${last.file} (${last.source})` : 'none'}`,
		`Quarantined     ${status.quarantined} lines`
	].join('\n');
}
