import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { newFolder } from './folder.ts';
import { handoffLog, seam } from './run.ts';

let data: string;

beforeAll(async () => {
	const home = await newFolder();
	data = join(home, 'data');
	await writeFile(join(home, 'log.csv'), handoffLog(4));
	await seam(['import', join(home, 'log.csv')], { data });
});

const handoffs = async () => {
	const { code, stdout, stderr } = await seam(['status', '--json'], { data });
	expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
	return (JSON.parse(stdout) as { handoffs: number }).handoffs;
};

const leave = (content: unknown) =>
	writeFile(
		join(data, 'server.json'),
		typeof content === 'string' ? content : JSON.stringify(content)
	);

describe('a server.json that a server left behind', () => {
	test('is passed over when its process has died', async () => {
		await leave({ pid: 2 ** 22 + 1, url: 'http://127.0.0.1:9', token: 'abc' });
		expect(await handoffs()).toBe(4);
	});

	test('is passed over when its process number belongs to another program now', async () => {
		await leave({ pid: process.pid, url: 'http://127.0.0.1:9', token: 'abc' });
		expect(await handoffs()).toBe(4);
	});

	test('is passed over when another program answers at its address', async () => {
		const other = createServer((_, response) => response.end('{"handoffs":1000}'));
		other.listen(0, '127.0.0.1');
		await once(other, 'listening');
		const address = other.address();
		const port = typeof address === 'object' ? address?.port : undefined;
		await leave({ pid: process.pid, url: `http://127.0.0.1:${port}`, token: 'abc' });
		expect(await handoffs()).toBe(4);
		other.close();
	});

	test.each(['', '{"pid":', '[]'])('is passed over when it says %j', async (content) => {
		await leave(content);
		expect(await handoffs()).toBe(4);
	});
});
