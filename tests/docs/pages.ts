/** The pages that users read, and the examples in them. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../ingest/root.ts';

/** Paths of all Markdown pages of the project, from its folder. */
export async function pages(): Promise<string[]> {
	const inside = async (folder: string) =>
		(await readdir(join(root, folder)))
			.filter((name) => name.endsWith('.md'))
			.map((name) => (folder === '.' ? name : `${folder}/${name}`));
	return [...(await inside('.')), ...(await inside('docs'))].sort();
}

export const readPage = (page: string) => readFile(join(root, page), 'utf8');

/** A fenced block: `csv handoffs.csv` on its fence is language and file name. */
export type Block = { language: string; name: string; text: string };

export function blocksOf(page: string): Block[] {
	return [...page.matchAll(/^```([^\n`]*)\n(.*?)^```$/gms)].map(([, info = '', text = '']) => {
		const [language = '', name = ''] = info.trim().split(' ');
		return { language, name, text };
	});
}

/** Text of a page outside of its blocks. */
export const proseOf = (page: string) => page.replace(/^```.*?^```$/gms, '');

/** The text under a heading, up to the next one of the same level. */
export function sectionOf(page: string, heading: string): string | null {
	const [marks] = heading.split(' ');
	const at = page.indexOf(`\n${heading}\n`);
	if (at < 0) return null;
	const rest = page.slice(at + heading.length + 2);
	const next = rest.search(new RegExp(`^#{1,${String(marks?.length)}} `, 'm'));
	return next < 0 ? rest : rest.slice(0, next);
}

export type Answer = { code: number | null; stdout: string; stderr: string };

/** A folder with the files of a page's examples and a data folder of its own. */
export class Desk {
	readonly folder: string;

	private constructor(folder: string) {
		this.folder = folder;
	}

	static async with(blocks: Block[]): Promise<Desk> {
		const desk = new Desk(await mkdtemp(join(tmpdir(), 'seam-docs-')));
		for (const { name, text } of blocks)
			if (/^[\w-]+\.\w+$/.test(name)) await writeFile(join(desk.folder, name), text);
		return desk;
	}

	/** Runs `npx seam …` as it stands in an example, also with `> file` at its end. */
	async run(command: string): Promise<Answer> {
		const [words = '', target] = command.split(' > ');
		const [npx, seam, ...args] = words.split(' ');
		if (npx !== 'npx' || seam !== 'seam') throw new Error(`no seam command: ${command}`);
		const child = spawn(process.execPath, [join(root, 'scripts', 'seam.js'), ...args], {
			cwd: this.folder,
			env: { ...process.env, SEAM_DATA: join(this.folder, 'data') }
		});
		const answer: Answer = { code: null, stdout: '', stderr: '' };
		child.stdout.on('data', (chunk: Buffer) => (answer.stdout += chunk.toString()));
		child.stderr.on('data', (chunk: Buffer) => (answer.stderr += chunk.toString()));
		[answer.code] = (await once(child, 'close')) as [number | null];
		if (target === undefined) return answer;
		await writeFile(join(this.folder, target), answer.stdout);
		return { ...answer, stdout: '' };
	}

	remove = () => rm(this.folder, { recursive: true, force: true });
}

/** The commands of a console block, each with the output that is shown. */
export const commandsOf = ({ text }: Block) =>
	text
		.split(/^\$ /m)
		.filter(Boolean)
		.map((part) => {
			const [command = '', ...output] = part.trimEnd().split('\n');
			return { command, output: output.join('\n') };
		});

/** Whether an output is the one shown, where … stands for anything. */
export function isShown(output: string, shown: string): boolean {
	const parts = shown.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
	return new RegExp(`^${parts.join('[^]*')}$`).test(output.trimEnd());
}
