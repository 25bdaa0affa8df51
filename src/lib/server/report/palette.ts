/** The colours of the pages by name, in light: what src/app.css says first, and no second list. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../store/root.ts';

let known: ReadonlyMap<string, string> | undefined;

/** Colours such as `failure` → `#c2500c`, for what is read where no style sheet is. */
export function palette(): ReadonlyMap<string, string> {
	known ??= lightColours(readFileSync(path.join(root, 'src', 'app.css'), 'utf8'));
	return known;
}

function lightColours(css: string): ReadonlyMap<string, string> {
	const [, block = ''] = /:root\s*\{([^}]*)\}/.exec(css) ?? [];
	const colours = new Map<string, string>();
	for (const [, name = '', value = ''] of block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})\b/gi))
		colours.set(name, value);
	return colours;
}
