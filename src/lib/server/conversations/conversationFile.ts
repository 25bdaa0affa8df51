/** The list of conversations as a file. */
import { UsageError } from '../../../../ingest/errors.ts';
import type { ConversationsAsked } from '../../conversations.ts';
import type { AskedOf } from '../list/askedReader.ts';
import { listFile, type FileFormat, type ListFile } from '../list/listFile.ts';
import { filterOf, readScope, type Choice } from '../scope/scope.ts';
import { withSnapshot } from '../store/engine.ts';
import { readLog } from '../store/log.ts';
import { askedConversations, carriedChoice, conversationsOf, weeksLong } from './conversations.ts';

/**
 * The file of the list that an address asks for.
 * @throws UsageError where something of the address is not understood: a file would hide it
 */
export async function conversationFile(
	whole: Choice,
	{ asked, notes }: AskedOf<ConversationsAsked>,
	format: FileFormat
): Promise<ListFile> {
	const choice = carriedChoice(whole);
	const [wrong] = [...choice.notes, ...notes];
	if (wrong !== undefined) throw new UsageError(wrong);
	const { scope, list } = await withSnapshot(async () => {
		const scope = await readScope(choice, await readLog(), weeksLong, 'conversations');
		if (!scope) throw new UsageError('The store holds no handoffs yet.');
		return { scope, list: await conversationsOf(filterOf(scope, choice.chosen), asked) };
	});
	return listFile(askedConversations(list), scope, format);
}
