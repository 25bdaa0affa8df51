import type { Chart, Plot } from './chart.ts';

/** Draws a chart of so many px, on the server and in the browser alike. */
export function figure(
	plot: Plot,
	chart: Chart,
	width: number,
	document: Document
): SVGSVGElement | HTMLElement {
	return plot.plot({
		...chart.draw(plot, width),
		width,
		height: chart.height,
		className: 'plot',
		document
	});
}
