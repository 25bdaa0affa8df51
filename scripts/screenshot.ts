/** Takes a picture of a page: npx tsx scripts/screenshot.ts URL OUT.png [--width 1440] [--dark] [--full] */
import { parseArgs } from 'node:util';
import { chromium as playwright } from 'playwright-core';
import { chromium } from './chromium.ts';

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		width: { type: 'string', default: '1440' },
		height: { type: 'string', default: '900' },
		scale: { type: 'string', default: '1' },
		wait: { type: 'string', default: '500' },
		dark: { type: 'boolean', default: false },
		full: { type: 'boolean', default: false },
		nojs: { type: 'boolean', default: false }
	}
});
const [url, out] = positionals;
if (!url || !out) {
	console.error(
		'usage: npx tsx scripts/screenshot.ts URL OUT.png [--width 1440] [--height 900] [--scale 1] [--wait ms] [--dark] [--full] [--nojs]'
	);
	process.exit(2);
}

const browser = await playwright.launch(await chromium());
try {
	const page = await browser.newPage({
		viewport: { width: Number(values.width), height: Number(values.height) },
		deviceScaleFactor: Number(values.scale),
		colorScheme: values.dark ? 'dark' : 'light',
		reducedMotion: 'reduce',
		javaScriptEnabled: !values.nojs
	});
	page.on('console', (message) => {
		if (['warning', 'error'].includes(message.type()))
			console.error(`console ${message.type()}: ${message.text()}`);
	});
	page.on('pageerror', (error) => {
		console.error(`page error: ${error.message}`);
	});
	const response = await page.goto(url, { waitUntil: 'load' });
	// Figures come alive when the browser is idle.
	await page.waitForTimeout(Number(values.wait));
	await page.screenshot({ path: out, fullPage: values.full });
	const width = await page.evaluate<number>('document.documentElement.scrollWidth');
	console.log(
		`${out}: status ${String(response?.status() ?? 'none')}, content ${String(width)} px wide`
	);
} finally {
	await browser.close();
}
