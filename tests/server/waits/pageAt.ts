import { readLog } from '../../../src/lib/server/store/log.ts';
import { readChoice } from '../../../src/lib/server/scope/scope.ts';
import { readWaitChoice, readWaits } from '../../../src/lib/server/waits/waits.ts';
import type { WaitsPage } from '../../../src/lib/waits.ts';

/** The page of waits at an address of the store that is open. */
export async function pageAt(address = ''): Promise<WaitsPage> {
	const parameters = new URLSearchParams(address);
	const page = await readWaits(
		readWaitChoice(readChoice(parameters), parameters),
		await readLog()
	);
	if (!page) throw new Error('no page');
	return page;
}
