/** The OpenAPI document, made from the schemas that requests are read by and answers are held to. */
import { z } from 'zod';
import { tokenHeader } from '../http/handshake.ts';
import { isRepeatable } from '../http/parameters.ts';
import { operations, type Answer, type Body, type Operation } from './operations.ts';
import { answerSchemas, requestSchemas } from './schemas.ts';

type Json = Record<string, unknown>;

const refOf = (name: string) => `#/components/schemas/${name}`;

/** Leaves out bounds that every whole number of JavaScript keeps. */
function plain({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
	if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
	if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
}

/** Named schemas as JSON Schema, which lead to each other by name. */
function componentsOf(schemas: Record<string, z.ZodType>, io: 'input' | 'output'): Json {
	const registry = z.registry<{ id: string }>();
	for (const [id, schema] of Object.entries(schemas)) registry.add(schema, { id });
	const { schemas: made } = z.toJSONSchema(registry, { io, uri: refOf, override: plain });
	return Object.fromEntries(
		Object.entries(made).map(([id, schema]) => [
			id,
			Object.fromEntries(
				Object.entries(schema).filter(([key]) => !/^\$(schema|id)$/.test(key))
			)
		])
	);
}

/** The parameters of an address or of its path, as OpenAPI describes them. */
function parametersOf(schema: z.ZodObject, place: 'query' | 'path'): Json[] {
	const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input' });
	return Object.entries(properties).map(([name, property]) => {
		const { description, ...own } = typeof property === 'object' ? property : {};
		const isList = own.type === 'array';
		return {
			name,
			in: place,
			description,
			required: required.includes(name),
			...(isList && { style: 'form', explode: isRepeatable(schema.shape[name]) }),
			schema: own
		};
	});
}

/** The lines of a body are described as content of its text: OpenAPI 3.1 knows no bodies of lines. */
function contentOf(body: Body): Json {
	if (body === 'text') return { schema: { type: 'string' } };
	if ('schemas' in body) {
		const refs = body.schemas.map((name) => ({ $ref: refOf(name) }));
		return { schema: refs.length === 1 ? refs[0] : { anyOf: refs } };
	}
	return {
		schema: {
			type: 'string',
			description: `A JSON value of ${body.lines} on each line.`,
			contentMediaType: 'application/x-ndjson',
			contentSchema: { type: 'array', items: { $ref: refOf(body.lines) } }
		}
	};
}

const answerOf = ({ description, content }: Answer): Json => ({
	description,
	content: Object.fromEntries(
		Object.entries(content).map(([type, body]) => [type, contentOf(body)])
	)
});

const own = 'For the seam command of the same user only; it may change at any time.';

function operationOf(operation: Operation): Json {
	const { id, summary, description, request, answers, ownCommand } = operation;
	const said = [description, ownCommand && own].filter(Boolean).join(' ');
	const { pathParameters, parameters } = operation;
	const taken = [
		...(pathParameters ? parametersOf(pathParameters, 'path') : []),
		...(parameters ? parametersOf(parameters, 'query') : [])
	];
	return {
		operationId: id,
		summary,
		...(said !== '' && { description: said }),
		...(taken.length > 0 && { parameters: taken }),
		...(request && {
			requestBody: {
				required: true,
				content: { 'application/json': { schema: { $ref: refOf(request) } } }
			}
		}),
		...(ownCommand && { security: [{ token: [] }] }),
		responses: Object.fromEntries(
			Object.entries(answers).map(([status, answer]) => [status, answerOf(answer)])
		)
	};
}

function pathsOf(): Json {
	const paths: Record<string, Json> = {};
	for (const operation of operations)
		paths[operation.path] = {
			...paths[operation.path],
			[operation.method]: operationOf(operation)
		};
	return paths;
}

/** The whole document. @param version of Seam */
export function openApi(version: string): Json {
	return {
		openapi: '3.1.0',
		info: {
			title: 'Seam',
			version,
			description:
				'Handoffs from a support AI to people: the numbers of the pages, for programs on the same machine. Local dates are those of the team’s zone.'
		},
		servers: [{ url: '/' }],
		paths: pathsOf(),
		components: {
			schemas: {
				...componentsOf(requestSchemas, 'input'),
				...componentsOf(answerSchemas, 'output')
			},
			securitySchemes: {
				token: {
					type: 'apiKey',
					in: 'header',
					name: tokenHeader,
					description: 'Stands in server.json in the data folder while a server runs.'
				}
			}
		}
	};
}
