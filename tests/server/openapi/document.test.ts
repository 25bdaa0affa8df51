import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { operations } from '../../../src/lib/server/openapi/operations.ts';
import { ajv, document, handlers, type Document } from './described.ts';

describe('the document', () => {
	it('is valid OpenAPI 3.1, by a validator of others', async () => {
		const validator = new Validator();
		expect(await validator.validate(JSON.parse(JSON.stringify(document)))).toEqual({
			valid: true
		});
		expect(validator.version).toBe('3.1');
	});

	it('would not pass with a part missing', async () => {
		const broken = JSON.parse(JSON.stringify(document)) as Document;
		const described = broken.paths['/api/metrics']?.get;
		for (const parameter of described?.parameters ?? [])
			Object.assign(parameter, { in: 'body' });
		expect((await new Validator().validate(broken)).valid).toBe(false);
	});

	it('leads to every schema that it holds', () => {
		const text = JSON.stringify(document);
		for (const name of Object.keys(document.components.schemas))
			expect(text, name).toContain(`{"$ref":"#/components/schemas/${name}"}`);
	});

	it.each(Object.keys(document.components.schemas))(
		'%s is a JSON Schema that compiles',
		(name) => {
			expect(() => ajv.compile({ $ref: `seam#/components/schemas/${name}` })).not.toThrow();
		}
	);

	it('describes every endpoint there is, and no other', () => {
		const there = [...handlers]
			.filter(([path]) => path.startsWith('/api/') || path === '/healthz')
			.flatMap(([path, module]) =>
				['GET', 'POST', 'PUT', 'PATCH', 'DELETE']
					.filter((method) => method in module)
					.map((method) => `${method} ${path}`)
			);
		const described = operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
		expect(described.toSorted()).toEqual(there.toSorted());
	});

	it('names each operation once', () => {
		const ids = operations.map(({ id }) => id);
		expect(new Set(ids).size).toBe(ids.length);
	});
});
