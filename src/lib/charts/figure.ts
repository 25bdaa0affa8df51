import type { Chart, Plot } from './chart.ts';

/** Draws a chart of so many px, on the server and in the browser alike. */
export function figure(
	plot: Plot,
	chart: Chart,
	width: number,
	document: Document
): SVGSVGElement | HTMLElement {
	const drawn = plot.plot({
		...chart.draw(plot, width),
		width,
		height: chart.height,
		className: 'plot',
		document
	});
	// The box around it says what it shows; Plot names its marks where names are not allowed.
	drawn.setAttribute('aria-hidden', 'true');
	// Marks that are links are for pointers; the table beside has the same links for the keyboard.
	for (const link of drawn.querySelectorAll('a')) link.setAttribute('tabindex', '-1');
	return drawn;
}
