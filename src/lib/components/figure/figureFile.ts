/** Figures as files of their own: SVG that stands alone, and PNG made of it. */
import type { Chart } from '../../charts/chart.ts';
import { figure } from '../../charts/figure.ts';

/** Figures are drawn at least so wide: a telephone's is too narrow for a document. */
const leastWidth = 660;
const padding = 20;
const size = 15;
const line = 20;
/** Pixels of the PNG for a px of the figure. */
const scale = 2;

type Drawn = { text: string; width: number; height: number };

/**
 * A chart as an SVG that needs no page around it: colours and font of the page as they are now, its
 * title on top and within, its background below.
 */
export async function standalone(chart: Chart, width = leastWidth): Promise<Drawn> {
	const plot = await import('../../charts/plot.ts');
	const style = getComputedStyle(document.documentElement);
	const value = (name: string) => style.getPropertyValue(name).trim();
	const font = value('--font').replaceAll('"', "'").replace(/\s+/g, ' ');
	const lines = wrapped(chart.title, width, `650 ${size}px ${font}`);
	const top = padding + lines.length * line + 8;
	const whole = { width: width + 2 * padding, height: top + chart.height + padding };

	const root = element('svg', {
		width: whole.width,
		height: whole.height,
		viewBox: `0 0 ${whole.width} ${whole.height}`,
		'font-family': font,
		'font-size': 11.5,
		fill: 'var(--ink)',
		color: 'var(--ink)',
		role: 'img'
	});
	root.append(
		element('title', {}, chart.title),
		element('desc', {}, chart.description),
		element('rect', { width: '100%', height: '100%', fill: 'var(--surface)' }),
		...lines.map((text, at) =>
			element(
				'text',
				{
					x: padding,
					y: padding + size + at * line - 2,
					'font-size': size,
					'font-weight': 650
				},
				text
			)
		)
	);
	const drawn = figure(plot, chart, width, document);
	for (const [name, text] of Object.entries({
		x: padding,
		y: top,
		overflow: 'visible',
		style: 'background: none; --plot-background: var(--surface); font-variant-numeric: tabular-nums',
		'font-family': font,
		'font-size': 11.5
	}))
		drawn.setAttribute(name, String(text));
	drawn.removeAttribute('aria-hidden');
	for (const link of drawn.querySelectorAll('a')) link.replaceWith(...link.childNodes);
	for (const tip of drawn.querySelectorAll('[aria-label=tip]')) tip.remove();
	root.append(drawn);

	const text = new XMLSerializer()
		.serializeToString(root)
		.replace(/var\((--[\w-]+)(?:,[^()]*)?\)/g, (found, name: string) =>
			name === '--plot-background' ? value('--surface') : value(name) || found
		);
	return { text, ...whole };
}

/** The same as a PNG with two pixels for a px. */
export async function png({ text, width, height }: Drawn): Promise<Blob> {
	const image = new Image();
	const address = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
	try {
		image.src = address;
		await image.decode();
	} finally {
		URL.revokeObjectURL(address);
	}
	const canvas = document.createElement('canvas');
	canvas.width = width * scale;
	canvas.height = height * scale;
	const context = canvas.getContext('2d');
	if (!context) throw new Error('this browser draws no pictures');
	context.scale(scale, scale);
	context.drawImage(image, 0, 0, width, height);
	return new Promise((resolve, reject) => {
		canvas.toBlob((blob) => {
			if (blob) resolve(blob);
			else reject(new Error('this browser writes no PNG'));
		}, 'image/png');
	});
}

/** Hands a chart to the reader as a file. */
export async function download(chart: Chart, kind: 'svg' | 'png', name: string): Promise<void> {
	const drawn = await standalone(chart);
	const file =
		kind === 'svg' ? new Blob([drawn.text], { type: 'image/svg+xml' }) : await png(drawn);
	const link = document.createElement('a');
	link.href = URL.createObjectURL(file);
	link.download = name;
	link.click();
	// The browser has begun to read it by then.
	setTimeout(() => {
		URL.revokeObjectURL(link.href);
	}, 10_000);
}

function element(name: string, attributes: Record<string, string | number>, text?: string) {
	const made = document.createElementNS('http://www.w3.org/2000/svg', name);
	for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
	if (text !== undefined) made.textContent = text;
	return made;
}

/** A text in lines of a width. */
function wrapped(text: string, width: number, font: string): string[] {
	const context = document.createElement('canvas').getContext('2d');
	if (context) context.font = font;
	const measured = (words: string) => context?.measureText(words).width ?? words.length * 8;
	const lines: string[] = [];
	for (const word of text.split(' ')) {
		const last = lines.at(-1);
		if (last !== undefined && measured(`${last} ${word}`) <= width)
			lines[lines.length - 1] = `${last} ${word}`;
		else lines.push(word);
	}
	return lines;
}
