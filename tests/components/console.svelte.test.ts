import { describe, expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page } from 'vitest/browser';
import { createRawSnippet } from 'svelte';
import Frame from './Frame.svelte';

describe('a component under test', () => {
	test('is rendered by a real browser that lays it out', async () => {
		const children = createRawSnippet(() => ({ render: () => '<button>Open</button>' }));
		await render(Frame, { children });
		const button = page.getByRole('button', { name: 'Open' });
		await expect.element(button).toBeVisible();
		expect(button.element().getBoundingClientRect().width).toBeGreaterThan(0);
	});
});
