/** What many tests start from and none changes: made by the first that asks, copied by each. */
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/**
 * A folder made once a run of tests, whichever process asks first; the others wait for it. Copy it,
 * leave it as it is.
 *
 * @param make fills the empty folder it is given
 */
export async function madeOnce(
	name: string,
	make: (folder: string) => Promise<void>
): Promise<string> {
	const run = process.env.SEAM_TEST_RUN;
	if (!run) throw new Error('SEAM_TEST_RUN is set by tests/run.ts, which did not run');
	const made = join(run, name);
	const making = `${made}.making`;
	while (!existsSync(made)) {
		const first = await mkdir(making).then(
			() => true,
			() => false
		);
		if (first && !existsSync(made)) {
			try {
				await make(making);
				await rename(making, made);
			} finally {
				await rm(making, { recursive: true, force: true });
			}
		} else if (first) await rm(making, { recursive: true });
		else await setTimeout(50);
	}
	return made;
}
