/** The document that describes the API, the endpoints it is about, and a judge of what they answer. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { root } from '../../../ingest/root.ts';
import { openApi } from '../../../src/lib/server/openapi/document.ts';

type Content = { schema: { contentSchema?: { items: object } } };
type Described = {
	parameters?: { name: string; required: boolean; schema: { enum?: string[] } }[];
	responses: Record<string, { content: Record<string, Content> }>;
};
export type Document = {
	paths: Record<string, Record<string, Described>>;
	components: { schemas: Record<string, object> };
};
type Handler = (event: unknown) => Promise<Response>;

export const document = openApi('0.0.0') as Document;
const routes = join(root, 'src', 'routes');

/** Folders of the endpoints that programs call, by their address. */
async function endpoints(): Promise<[path: string, file: string][]> {
	const files = await readdir(routes, { recursive: true });
	return files
		.filter((file) => /(^|\/)\+server\.ts$/.test(file))
		.map((file) => [
			`/${file.replace(/\/?\+server\.ts$/, '').replace(/\[(\w+)\]/g, '{$1}')}`,
			file
		]);
}

/** Modules of the endpoints, by their address. */
export const handlers = new Map<string, Record<string, Handler>>();
for (const [path, file] of await endpoints())
	handlers.set(path, (await import(join(routes, file))) as Record<string, Handler>);

export const ajv = new Ajv2020({
	strict: true,
	allowUnionTypes: true,
	keywords: ['components']
});
addFormats.default(ajv);
ajv.addSchema({ $id: 'seam', components: document.components }, 'seam', false, false);
const absolute = (schema: object) =>
	JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"seam#/components')) as object;
/** What a value has against a schema; [] is nothing. */
export const faultsOf = (schema: object, value: unknown) => {
	const validate = ajv.compile(absolute(schema));
	return validate(value) ? [] : validate.errors;
};
