import { defineConfig } from '@playwright/test';
import { chromium } from './scripts/chromium.ts';

export default defineConfig({
	testDir: 'tests/e2e',
	testMatch: '**/*.e2e.ts',
	globalSetup: './tests/run.ts',
	outputDir: 'test-results',
	// A server and its database for each worker: more of them would fight over two processors.
	workers: 2,
	forbidOnly: true,
	// What is late on a busy machine is not wrong.
	timeout: 60_000,
	expect: { timeout: 15_000 },
	reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE ? [['list'], ['json']] : [['list']],
	use: {
		browserName: 'chromium',
		viewport: { width: 1440, height: 900 },
		launchOptions: await chromium(),
		screenshot: 'only-on-failure'
	}
});
