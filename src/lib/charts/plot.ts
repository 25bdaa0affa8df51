// What the charts use of Observable Plot, by name, so that a page fetches no more of it.
export {
	areaY,
	axisFx,
	axisX,
	axisY,
	barX,
	barY,
	cell,
	dot,
	gridX,
	gridY,
	lineY,
	plot,
	pointer,
	pointerX,
	pointerY,
	rectY,
	ruleX,
	ruleY,
	text,
	tickX,
	tip
} from '@observablehq/plot';
