/** server.json in the data folder: how the command line finds the server that holds the database. */
import { randomBytes } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { dataFolder } from '../store/root.ts';

const serverFileSchema = z.object({ pid: z.int(), url: z.string(), token: z.string() });
export type ServerFile = z.infer<typeof serverFileSchema>;

const fileIn = (folder: string) => path.join(folder, 'server.json');

/** Writes down where this process serves, with a fresh token that only its owner can read. */
export async function writeServerFile(url: string, folder = dataFolder()): Promise<void> {
	const content: ServerFile = { pid: process.pid, url, token: randomBytes(24).toString('hex') };
	await rm(fileIn(folder), { force: true });
	await writeFile(fileIn(folder), JSON.stringify(content) + '\n', { mode: 0o600 });
}

/** The server of a data folder; null when there is none or it has died. */
export async function readServerFile(folder = dataFolder()): Promise<ServerFile | null> {
	const text = await readFile(fileIn(folder), 'utf8').catch(() => null);
	if (text === null) return null;
	const parsed = z.preprocess(jsonOf, serverFileSchema).safeParse(text);
	return parsed.success && isAlive(parsed.data.pid) ? parsed.data : null;
}

/** Takes the file away if it is this process's own. */
export async function removeServerFile(folder = dataFolder()): Promise<void> {
	const server = await readServerFile(folder);
	if (server?.pid === process.pid) await rm(fileIn(folder), { force: true });
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error instanceof Error && 'code' in error && error.code === 'EPERM';
	}
}

/** What a text says as JSON; nothing where it is damaged. */
function jsonOf(text: unknown): unknown {
	try {
		return JSON.parse(String(text));
	} catch {
		return undefined;
	}
}
