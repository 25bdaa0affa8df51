import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSettings } from '../../src/lib/server/settings/settings.ts';
import { blocksOf, commandsOf, Desk, isShown, readPage } from './pages.ts';

describe.each(['README.md', 'docs/log-format.md', 'docs/sources.md'])('%s', (page) => {
	let desk: Desk;
	beforeAll(async () => {
		desk = await Desk.with(blocksOf(await readPage(page)));
	});
	afterAll(() => desk.remove());

	test('its commands, run one after another on its files, say what it shows', async () => {
		const blocks = blocksOf(await readPage(page)).filter((b) => b.language === 'console');
		expect(blocks.length).toBeGreaterThan(0);
		for (const { command, output } of blocks.flatMap(commandsOf)) {
			const { code, stdout, stderr } = await desk.run(command);
			expect(stderr, command).toBe('');
			expect(code, command).toBe(0);
			if (output !== '') expect(isShown(stdout, output), `${command}\n${stdout}`).toBe(true);
		}
	});
});

describe('docs/log-format.md', () => {
	test('the refused lines, mended as it says, are taken and change nothing else', async () => {
		const desk = await Desk.with(blocksOf(await readPage('docs/log-format.md')));
		try {
			await desk.run('npx seam import tuesday.csv');
			await desk.run('npx seam quarantine --format raw > refused.csv');
			const again = await desk.run(
				'npx seam import refused.csv --timezone Europe/Berlin --json'
			);
			expect(JSON.parse(again.stdout)).toMatchObject({
				total: { lines: 2, inserted: 1, quarantined: 1 }
			});
		} finally {
			await desk.remove();
		}
	});
});

describe('docs/settings.md', () => {
	test('its example is a settings file that Seam takes', async () => {
		const blocks = blocksOf(await readPage('docs/settings.md'));
		expect(blocks.map(({ name }) => name)).toContain('settings.json');
		const desk = await Desk.with(blocks);
		expect((await readSettings(desk.folder)).timezone).toBe('Europe/Berlin');
		await desk.remove();
	});
});
