/** Draws a chart as PNG without a browser, for mail clients: they show no SVG. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import type { Chart } from '../../charts/chart.ts';
import { picture } from '../../charts/picture.ts';
import { palette } from './palette.ts';
import { squeeze } from './squeeze.ts';

/** Pixels of the PNG for a px of the chart: sharp on the screens of telephones. */
export const scale = 2;

/** Narrow enough for the room that charts leave to the letters of a page. */
const family = 'DejaVu Sans Condensed';
const fontFiles = ['DejaVuSansCondensed.ttf', 'DejaVuSansCondensed-Bold.ttf'];

/** The size of letters in figures, as Figure.svelte has it. */
const fontSize = 11.5;

const { resolve } = createRequire(import.meta.url);
let fonts: Promise<Uint8Array[]> | undefined;

/** Starts the renderer and reads its fonts, once: a server may have no font of its own. */
function prepared(): Promise<Uint8Array[]> {
	fonts ??= (async () => {
		await initWasm(await readFile(resolve('@resvg/resvg-wasm/index_bg.wasm')));
		return Promise.all(
			fontFiles.map((file) => readFile(resolve(`dejavu-fonts-ttf/ttf/${file}`)))
		);
	})();
	return fonts;
}

/**
 * A chart as PNG, in the light colours of the pages.
 * @param width px of the chart; the PNG has `scale` times as many pixels, in height too
 */
export async function png(chart: Chart, width: number): Promise<Uint8Array> {
	const fontBuffers = await prepared();
	const drawing = new Resvg(standalone(picture(chart, width)), {
		fitTo: { mode: 'zoom', value: scale },
		font: { fontBuffers, defaultFontFamily: family, sansSerifFamily: family }
	});
	const image = drawing.render();
	try {
		return squeeze(image.asPng());
	} finally {
		image.free();
		drawing.free();
	}
}

/** A PNG as the address of an image in HTML. */
export function pngUri(image: Uint8Array): string {
	return `data:image/png;base64,${Buffer.from(image).toString('base64')}`;
}

/** Characters that HTML lets pass and XML does not. */
const notXml = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** A figure's SVG with its style sheet and variables written out: renderers know neither. */
export function standalone(svg: string): string {
	const colours = palette();
	const colourOf = (name: string) => {
		const colour = colours.get(name === 'plot-background' ? 'surface' : name);
		if (colour === undefined) throw new Error(`src/app.css has no light colour --${name}`);
		return colour;
	};
	const [, width, height] = /^<svg[^>]*? viewBox="0 0 (\S+) (\S+)"/.exec(svg) ?? [];
	if (width === undefined) throw new Error('a figure was drawn that is not one SVG');
	return (
		svg
			.replace(/<style>.*?<\/style>/s, '')
			.replace(
				/^<svg([^>]*)>/,
				(_, attributes: string) =>
					`<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"${attributes.replace(/ (xmlns(:xlink)?|font-family|font-size)="[^"]*"/g, '')} color="${colourOf('ink')}" font-family="${family}" font-size="${fontSize}"><rect width="${width}" height="${height}" fill="${colourOf('surface')}"/>`
			)
			// In tags alone: a topic may be called what it likes.
			.replace(/<[^>]+>/g, (tag) =>
				tag.replace(/var\(--([\w-]+)\)/g, (_, name: string) => colourOf(name))
			)
			.replace(notXml, '')
	);
}
