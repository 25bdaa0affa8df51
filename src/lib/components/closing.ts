import type { Attachment } from 'svelte/attachments';

/** Closes an open `details` on Escape and on a click elsewhere, as menus do. */
export const closing: Attachment<HTMLDetailsElement> = (details) => {
	const close = (event: Event) => {
		if (!details.open) return;
		if (event instanceof KeyboardEvent) {
			if (event.key !== 'Escape') return;
			if (details.contains(document.activeElement)) details.querySelector('summary')?.focus();
		} else if (event.target instanceof Node && details.contains(event.target)) return;
		details.open = false;
	};
	document.addEventListener('keydown', close);
	document.addEventListener('pointerdown', close);
	return () => {
		document.removeEventListener('keydown', close);
		document.removeEventListener('pointerdown', close);
	};
};
