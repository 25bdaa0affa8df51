/** Parameters of an address, read by the schema that the OpenAPI document is made from. */
import { z } from 'zod';
import { UsageError } from '../../../../ingest/errors.ts';
import { isDate } from '../../dates.ts';
import { filterDimensions, type FilterDimension } from '../../scope.ts';

/** A local date. */
export const date = (name: string, description: string) =>
	z
		.string({ error: `${name} is missing: give a local date such as 2026-08-01.` })
		.refine(isDate, {
			error: ({ input }) => `${name}=${String(input)} is not a date such as 2026-08-01.`
		})
		.meta({ format: 'date', description });

/** One of some words. */
export const oneOf = <const T extends string>(
	name: string,
	allowed: readonly T[],
	description?: string
) =>
	z
		.string()
		.refine((input): input is T => allowed.some((word) => word === input), {
			error: ({ input }) =>
				`${name}=${String(input)} is unknown. Allowed: ${allowed.map((word) => word || 'empty').join(', ')}.`
		})
		.meta({ enum: [...allowed], ...(description !== undefined && { description }) });

/** Some words of those allowed, divided by commas; empty parts do not count. */
export const listOf = <const T extends string>(
	name: string,
	allowed: readonly T[],
	description: string
) =>
	z
		.string({ error: `${name} is missing. Allowed: ${allowed.join(', ')}.` })
		.transform((text) => [
			...new Set(
				text
					.split(',')
					.map((part) => part.trim())
					.filter(Boolean)
			)
		])
		.pipe(z.array(oneOf(name, allowed)))
		.meta({ type: 'array', items: { type: 'string', enum: [...allowed] }, description });

/** The filters, each of which may be given again for several values. */
export const filterParameters = Object.fromEntries(
	filterDimensions.map((dimension) => [
		dimension,
		z
			.array(z.string())
			.optional()
			.meta({
				description: `Keep only this ${dimension}; again for several; empty for those without one.`
			})
	])
) as Record<FilterDimension, z.ZodOptional<z.ZodArray<z.ZodString>>>;

/** Whether a parameter may be given several times. */
export const isRepeatable = (field: z.core.$ZodType | undefined) =>
	field instanceof z.ZodOptional && field.unwrap() instanceof z.ZodArray;

/**
 * Reads the parameters of an address.
 * @throws UsageError that names the value at fault and what is allowed
 */
export function readParameters<Schema extends z.ZodObject>(
	schema: Schema,
	parameters: URLSearchParams
): z.output<Schema> {
	const fields: Record<string, z.core.$ZodType> = schema.shape;
	const given: Record<string, string | string[]> = {};
	for (const name of new Set(parameters.keys())) {
		if (!Object.hasOwn(fields, name))
			throw new UsageError(
				`${name} is no parameter. Allowed: ${Object.keys(fields).join(', ')}.`
			);
		const values = parameters.getAll(name);
		const several = isRepeatable(fields[name]);
		if (!several && values.length > 1)
			throw new UsageError(`${name} is given ${values.length} times; give it once.`);
		given[name] = several ? values : (values[0] ?? '');
	}
	const parsed = schema.safeParse(given);
	if (!parsed.success)
		throw new UsageError(parsed.error.issues[0]?.message ?? 'the parameters cannot be read');
	return parsed.data;
}
