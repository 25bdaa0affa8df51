import type { Attachment } from 'svelte/attachments';

/** px between a panel and the edge of the screen */
const margin = 8;

/** Moves the panel of an open `details` as far to the left as it would reach beyond the screen. */
export const onScreen: Attachment<HTMLDetailsElement> = (details) => {
	const panel = details.querySelector<HTMLElement>(':scope > .panel');
	if (!panel) return;
	const move = () => {
		if (!details.open) return;
		panel.style.translate = '';
		const { left, right } = panel.getBoundingClientRect();
		const beyond = right + margin - document.documentElement.clientWidth;
		const shift = Math.min(beyond, left - margin);
		if (shift > 0) panel.style.translate = `${String(-shift)}px`;
	};
	move();
	details.addEventListener('toggle', move);
	window.addEventListener('resize', move);
	return () => {
		details.removeEventListener('toggle', move);
		window.removeEventListener('resize', move);
	};
};
