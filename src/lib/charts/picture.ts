import { parseHTML } from 'linkedom/worker';
import type { Chart } from './chart.ts';
import { figure } from './figure.ts';
import * as plot from './plot.ts';

// The self-contained build of linkedom: the bundler of the dev server looks into it, and cannot
// bundle the other, although no browser ever asks for this module.
const { document } = parseHTML('<!doctype html><html><body></body></html>');

/** The SVG of a chart as text, for pages rendered on the server. */
export function picture(chart: Chart, width: number): string {
	return figure(plot, chart, width, document).outerHTML;
}
