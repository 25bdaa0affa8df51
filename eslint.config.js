import js from '@eslint/js';
import { defineConfig, includeIgnoreFile } from 'eslint/config';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import { fileURLToPath } from 'node:url';
import tseslint from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const code = ['ts', 'js', 'svelte', 'svelte.ts'];

/**
 * What the files of a folder may not import: the arrows of the design, held by a rule.
 *
 * @param {string | string[]} paths
 * @param {{ regex: string, message: string, allowTypeImports?: boolean }[]} patterns
 * @returns {import('eslint').Linter.Config}
 */
function imports(paths, ...patterns) {
	return {
		files: [paths]
			.flat()
			.flatMap((path) =>
				/\.[a-z]+$/.test(path) ? path : code.map((kind) => `${path}/**/*.${kind}`)
			),
		rules: {
			'no-restricted-imports': 'off',
			'@typescript-eslint/no-restricted-imports': ['error', { patterns }]
		}
	};
}

const alias = {
	regex: '^\\$(lib|app|env)(/|$)',
	message: 'This module also runs without Vite: import by relative path.'
};
const pages = {
	regex: '(^|/)(routes|charts|components)(/|$)',
	message: 'Data runs from the log to the pages and never back.'
};
const engine = {
	regex: '(^node:|^@duckdb/|(^|/)ingest(/|$)|(^|/)cli(/|$))',
	message: 'This runs in the browser too: no Node, no database, no ingest.'
};
const server = {
	regex: '(^|/)server(/|$)',
	message: 'Only the server side of a page reaches the server modules.'
};
const serverValues = {
	...server,
	message: 'Only types of the server modules may be imported here.',
	allowTypeImports: true
};

export default defineConfig(
	includeIgnoreFile(fileURLToPath(new URL('.gitignore', import.meta.url))),
	js.configs.recommended,
	tseslint.configs.strict,
	tseslint.configs.stylistic,
	svelte.configs.recommended,
	svelte.configs.prettier,
	{
		languageOptions: { globals: { ...globals.node, ...globals.browser } },
		linterOptions: { reportUnusedDisableDirectives: 'error' },
		rules: {
			eqeqeq: 'error',
			'object-shorthand': 'error',
			'prefer-const': 'error',
			'@typescript-eslint/consistent-type-definitions': ['error', 'type'],
			'@typescript-eslint/consistent-type-imports': 'error',
			// TypeScript knows which names exist.
			'no-undef': 'off'
		}
	},
	{
		// What only types can tell: a promise that nobody waits for is the usual bug around a database.
		files: ['**/*.ts'],
		ignores: ['**/*.svelte.ts'],
		languageOptions: {
			parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname }
		},
		rules: {
			'@typescript-eslint/await-thenable': 'error',
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/no-misused-promises': 'error',
			'@typescript-eslint/only-throw-error': 'error',
			'@typescript-eslint/return-await': 'error',
			'@typescript-eslint/switch-exhaustiveness-check': 'error'
		}
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: {
			parserOptions: {
				extraFileExtensions: ['.svelte'],
				parser: tseslint.parser,
				svelteConfig
			}
		},
		rules: { 'prefer-const': 'off', 'svelte/prefer-const': 'error' }
	},
	{
		// The figure's SVG comes from Plot, which writes every text of the data as a text node.
		files: ['src/lib/**/Figure.svelte'],
		rules: { 'svelte/no-at-html-tags': 'off' }
	},
	{ files: ['src/**'], ignores: ['src/cli/**'], rules: { 'no-console': 'error' } },

	imports('ingest', alias, {
		regex: '(^|/)src(/|$)',
		message: 'ingest/ stands before src/ and knows nothing of it.'
	}),
	imports('queries', { regex: '.', message: 'queries/ imports nothing.' }),
	imports('src/lib/server', alias, pages),
	// A report is a page that is sent: its charts are drawn here.
	imports('src/lib/server/report', alias, {
		...pages,
		regex: '(^|/)(routes|components)(/|$)'
	}),
	imports('src/lib/analysis', alias, pages, engine, server),
	imports('src/lib/metrics.ts', { regex: '.', message: 'metrics.ts imports nothing.' }),
	imports(
		'src/lib/charts',
		{ ...pages, regex: '(^|/)(routes|components)(/|$)' },
		engine,
		serverValues
	),
	imports('src/lib/components', { ...pages, regex: '(^|/)routes(/|$)' }, engine, serverValues),
	imports('src/cli', alias, pages),
	{
		...imports('src/routes', engine, serverValues),
		ignores: ['**/+*.server.ts', '**/+server.ts']
	}
);
