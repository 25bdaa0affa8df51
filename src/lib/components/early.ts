type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/**
 * Remembers what a reader has set in the fields of a page before its scripts came. Hydration sets
 * every field as the server drew it, so this is to be asked just before. A form that sends itself
 * must say `autocomplete="off"`: what a browser filled in on the way back would look the same.
 *
 * @returns puts it back, then tells each field's listeners, so that a form that sends itself does
 */
export function early(page: ParentNode): () => void {
	const given = [...page.querySelectorAll<Field>('input, select, textarea')].flatMap((field) => {
		const put = differs(field);
		return put ? [{ field, put }] : [];
	});
	return () => {
		for (const { put } of given) put();
		// The router begins to listen to forms once the page stands.
		setTimeout(() => {
			for (const { field } of given) {
				field.dispatchEvent(new Event('input', { bubbles: true }));
				field.dispatchEvent(new Event('change', { bubbles: true }));
			}
		});
	};
}

/** How to set a field as it is now, where that is not what the server drew. */
function differs(field: Field): (() => void) | null {
	if (field instanceof HTMLSelectElement) {
		const options = [...field.options];
		const drawn = Math.max(
			options.findIndex((option) => option.defaultSelected),
			0
		);
		const { selectedIndex, value } = field;
		if (selectedIndex === drawn) return null;
		return () => {
			field.value = value;
		};
	}
	if (field instanceof HTMLInputElement && ['checkbox', 'radio'].includes(field.type)) {
		const { checked } = field;
		if (checked === field.defaultChecked || (field.type === 'radio' && !checked)) return null;
		return () => {
			field.checked = checked;
		};
	}
	if (field.type === 'hidden' || field.value === field.defaultValue) return null;
	const { value } = field;
	return () => {
		field.value = value;
	};
}
