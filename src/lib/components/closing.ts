import type { Attachment } from 'svelte/attachments';

/**
 * Closes an open `details` on Escape, on a click elsewhere and when the keyboard leaves it, as menus
 * do: an open one would hide what has the focus next.
 */
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
	document.addEventListener('focusin', close);
	return () => {
		document.removeEventListener('keydown', close);
		document.removeEventListener('pointerdown', close);
		document.removeEventListener('focusin', close);
	};
};
