/** What all tests of a run share: a folder for what is made once, gone when the run ends. */
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Vitest and Playwright call this before the first test, and what it gives after the last. */
export default function startRun(): () => Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'seam-run-'));
	process.env.SEAM_TEST_RUN = folder;
	return () => rm(folder, { recursive: true, force: true });
}
