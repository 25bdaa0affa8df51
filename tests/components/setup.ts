import { afterEach, beforeEach, expect, vi } from 'vitest';

// A warning in the console is a bug that nobody has met yet.
beforeEach(() => {
	vi.spyOn(console, 'warn');
	vi.spyOn(console, 'error');
});

afterEach(() => {
	const said = [...vi.mocked(console.warn).mock.calls, ...vi.mocked(console.error).mock.calls];
	vi.restoreAllMocks();
	expect(said, 'the console stays silent').toEqual([]);
});
