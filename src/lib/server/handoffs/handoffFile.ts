/** The list of handoffs as a file. */
import { UsageError } from '../../../../ingest/errors.ts';
import type { Asked } from '../../handoffs.ts';
import type { AskedOf } from '../list/askedReader.ts';
import { listFile, type FileFormat, type ListFile } from '../list/listFile.ts';
import { withSnapshot } from '../store/engine.ts';
import { readLog } from '../store/log.ts';
import { filterOf, readScope, type Choice } from '../scope/scope.ts';
import { askedList, listOf, weeksLong } from './handoffs.ts';

/**
 * The file of the list that an address asks for.
 * @throws UsageError where something of the address is not understood: a file would hide it
 */
export async function handoffFile(
	choice: Choice,
	{ asked, notes }: AskedOf<Asked>,
	format: FileFormat
): Promise<ListFile> {
	const [wrong] = [...choice.notes, ...notes];
	if (wrong !== undefined) throw new UsageError(wrong);
	const { scope, list } = await withSnapshot(async () => {
		const scope = await readScope(choice, await readLog(), weeksLong);
		if (!scope) throw new UsageError('The store holds no handoffs yet.');
		return { scope, list: await listOf(filterOf(scope, choice.chosen), asked) };
	});
	return listFile(askedList(list), scope, format);
}
