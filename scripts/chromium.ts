import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** How to launch the Chromium that tests and screenshots run in; the shape Playwright's `launch` takes. */
export type ChromiumLaunch = {
	/** undefined means the browser Playwright has installed itself */
	executablePath: string | undefined;
	args: string[];
	env: Record<string, string>;
};

const cache = fileURLToPath(new URL('../.cache/', import.meta.url));

const args = [
	'--disable-gpu',
	'--disable-quic',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--no-first-run',
	'--font-render-hinting=none',
	...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])
];

/**
 * The Chromium of the tests: the program named by `CHROMIUM`; else, on Linux x64, the one inside
 * the npm package @sparticuz/chromium, unpacked once into `.cache/` with the libraries and fonts
 * a bare system lacks; else Playwright's own.
 */
export async function chromium(): Promise<ChromiumLaunch> {
	const env = inherited();
	if (process.env.CHROMIUM) return { executablePath: process.env.CHROMIUM, args, env };
	if (process.platform !== 'linux' || process.arch !== 'x64')
		return { executablePath: undefined, args, env };
	const folder = await unpacked();
	return {
		executablePath: join(folder, 'chromium'),
		args,
		env: {
			...env,
			LD_LIBRARY_PATH: [join(folder, 'al2023', 'lib'), env.LD_LIBRARY_PATH]
				.filter(Boolean)
				.join(':'),
			FONTCONFIG_FILE: join(folder, 'fonts.conf')
		}
	};
}

function inherited(): Record<string, string> {
	const env: Record<string, string> = {};
	for (const [name, value] of Object.entries(process.env)) {
		if (value !== undefined) env[name] = value;
	}
	return env;
}

/** Unpacks beside and renames, so that a run that dies half way leaves no broken browser behind. */
async function unpacked(): Promise<string> {
	const main = createRequire(import.meta.url).resolve('@sparticuz/chromium');
	const root = dirname(dirname(dirname(main)));
	const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
		version: string;
	};
	const folder = join(cache, `chromium-${version}`);
	if (existsSync(folder)) return folder;

	await mkdir(cache, { recursive: true });
	const partial = await mkdtemp(`${folder}.`);
	const tmp = process.env.TMPDIR;
	try {
		// The package unpacks into the temp folder and takes whatever binary it finds there.
		process.env.TMPDIR = partial;
		const { inflate } = (await import(
			/* @vite-ignore */ pathToFileURL(join(root, 'build', 'esm', 'lambdafs.js')).href
		)) as { inflate: (file: string) => Promise<string> };
		for (const name of ['chromium.br', 'fonts.tar.br', 'al2023.tar.br'])
			await inflate(join(root, 'bin', name));
		await writeFile(join(partial, 'fonts.conf'), fontconfig(folder));
		await rename(partial, folder);
	} catch (error) {
		await rm(partial, { recursive: true, force: true });
		// Another run of the same moment may have been first.
		if (!existsSync(folder)) throw error;
	} finally {
		if (tmp === undefined) delete process.env.TMPDIR;
		else process.env.TMPDIR = tmp;
	}
	return folder;
}

/** Open Sans from the package first, so that pages look alike on every machine. */
function fontconfig(folder: string): string {
	const families = ['sans-serif', 'system-ui', 'serif', 'Arial', 'Helvetica'];
	const aliases = families.map(
		(family) =>
			`<alias binding="same"><family>${family}</family><prefer><family>Open Sans</family></prefer></alias>`
	);
	const escaped = folder.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
	return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
<dir>${escaped}/fonts</dir>
<dir>/usr/share/fonts</dir>
<dir>/usr/local/share/fonts</dir>
<cachedir>${escaped}/fonts-cache</cachedir>
${aliases.join('\n')}
</fontconfig>
`;
}
