import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';

export default defineConfig(async () => ({
	plugins: [sveltekit()],
	server: { host: '127.0.0.1' },
	preview: { host: '127.0.0.1' },
	test: process.env.VITEST ? await tests() : undefined
}));

/** Tests of modules that hold nothing between two calls. */
const pure = ['tests/analysis/**/*.test.ts', 'tests/charts/**/*.test.ts', 'tests/*.test.ts'];

async function tests() {
	const { playwright } = await import('@vitest/browser-playwright');
	const { chromium } = await import('./scripts/chromium.ts');
	return {
		// A test of the store waits for files half of the time: one worker would leave a processor idle.
		globalSetup: 'tests/run.ts',
		maxWorkers: '100%',
		testTimeout: 60_000,
		hookTimeout: 120_000,
		projects: [
			{
				extends: true as const,
				test: {
					name: 'unit',
					environment: 'node',
					include: ['tests/**/*.test.ts'],
					exclude: ['tests/components/**', 'tests/e2e/**', ...pure]
				}
			},
			{
				extends: true as const,
				test: {
					name: 'pure',
					environment: 'node',
					include: pure,
					// Functions of what they are given: a process of its own for each file would only take time.
					isolate: false
				}
			},
			{
				extends: true as const,
				test: {
					name: 'components',
					include: ['tests/components/**/*.svelte.test.ts'],
					setupFiles: ['tests/components/setup.ts'],
					browser: {
						enabled: true,
						headless: true,
						screenshotFailures: false,
						api: { host: '127.0.0.1' },
						viewport: { width: 1280, height: 800 },
						provider: playwright({ launchOptions: await chromium() }),
						instances: [{ browser: 'chromium' as const }]
					}
				}
			}
		]
	};
}
