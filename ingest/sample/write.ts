/** Writes the sample log of a made-up shop: two CSV files and the truth about them. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { finished } from 'node:stream/promises';
import { csvFormatRow } from 'd3-dsv';
import { arrivalsOf } from './arrivals.ts';
import { conversationOf } from './conversation.ts';
import { Comebacks } from './customers.ts';
import { conversationFaults, Faults, handoffFaults, type BadLine, type Fault } from './faults.ts';
import {
	conversationColumns,
	conversationLine,
	handoffColumns,
	handoffLine,
	type ConversationColumn,
	type HandoffColumn,
	type Line
} from './lines.ts';
import { planOf, type SampleOptions } from './plan.ts';
import { streamsOf } from './random.ts';
import { truthOf, type Truth, type WrittenFile } from './truth.ts';

const chunk = 1 << 16;

/** A file written line by line in bounded memory, hashed on the way. */
class LogFile {
	readonly bad: BadLine[] = [];
	lines = 0;
	readonly path: string;
	readonly #stream;
	readonly #hash = createHash('sha256');
	#waiting = '';

	constructor(path: string, columns: readonly string[]) {
		this.path = path;
		this.#stream = createWriteStream(path);
		this.add(csvFormatRow(columns));
	}

	add(line: string) {
		this.#waiting += `${line}\n`;
		this.lines++;
	}

	addBad(line: string, { kind, field, reason }: Fault<string>) {
		this.add(line);
		this.bad.push({ file: basename(this.path), line: this.lines, kind, field, reason });
	}

	async flush(least = chunk) {
		if (this.#waiting.length < least) return;
		const bytes = Buffer.from(this.#waiting);
		this.#waiting = '';
		this.#hash.update(bytes);
		if (!this.#stream.write(bytes)) await once(this.#stream, 'drain');
	}

	async end(): Promise<WrittenFile> {
		await this.flush(1);
		this.#stream.end();
		await finished(this.#stream);
		const { lines, bad } = this;
		const sha256 = this.#hash.digest('hex');
		return { name: basename(this.path), sha256, lines, bad_lines: bad.length };
	}
}

/**
 * Writes `handoffs.csv`, `conversations.csv` and `truth.json` into a folder, made when it is not
 * there. The same options give the same bytes.
 * @returns paths of the files, what was planted, and the number of good lines of each kind
 * @throws UsageError for an option that is out of range
 */
export async function writeSample(options: SampleOptions & { out: string }): Promise<{
	files: string[];
	truth: Truth;
	handoffs: number;
	conversations: number;
}> {
	const plan = planOf(options);
	const streams = streamsOf(plan.seed);
	await mkdir(options.out, { recursive: true });
	const handoffs = new LogFile(join(options.out, 'handoffs.csv'), handoffColumns);
	const conversations = new LogFile(join(options.out, 'conversations.csv'), conversationColumns);
	const badHandoffs = new Faults<HandoffColumn>(handoffFaults, plan.conversations);
	const badConversations = new Faults<ConversationColumn>(conversationFaults, plan.conversations);
	const comebacks = new Comebacks();
	let lastHandoff: Line<HandoffColumn> | null = null;
	for (const arrival of arrivalsOf(plan, streams)) {
		const back = comebacks.take(arrival.topic, arrival.at);
		const conversation = conversationOf(streams, plan, arrival, back);
		if (conversation.comeback) comebacks.add(conversation.comeback);
		const line = conversationLine(
			conversation,
			streams('conversation line').at(...arrival.key)
		);
		conversations.add(csvFormatRow(conversationColumns.map((column) => line[column])));
		for (const [turn, handoff] of conversation.handoffs.entries()) {
			lastHandoff = handoffLine(handoff, streams('handoff line').at(...arrival.key, turn));
			const cells = lastHandoff;
			handoffs.add(csvFormatRow(handoffColumns.map((column) => cells[column])));
		}
		if (lastHandoff)
			for (const { text, fault } of badHandoffs.after(arrival.number, lastHandoff, (nth) => ({
				handoff_id: `sample-bad-h${nth}`,
				conversation_id: `sample-bad-${nth}`
			})))
				handoffs.addBad(text, fault);
		for (const { text, fault } of badConversations.after(arrival.number, line, (nth) => ({
			conversation_id: `sample-bad-c${nth}`
		})))
			conversations.addBad(text, fault);
		await handoffs.flush();
		await conversations.flush();
	}
	const files = [await handoffs.end(), await conversations.end()];
	const good = ({ lines, bad }: LogFile) => lines - 1 - bad.length;
	const counted = { conversations: good(conversations), handoffs: good(handoffs) };
	const truth = truthOf(plan, counted, [...handoffs.bad, ...conversations.bad], files);
	const truthPath = join(options.out, 'truth.json');
	await writeFile(truthPath, `${JSON.stringify(truth, null, '\t')}\n`);
	return { files: [handoffs.path, conversations.path, truthPath], truth, ...counted };
}
