import { z } from 'zod'

/**
 * Returns a schema that accepts what a newer process may publish: an enum may have new values, an object new fields. Unknown fields are
 * dropped, unknown members of arrays are dropped, and an unknown value of an enum is kept as text, which the reader may ignore. Everything
 * else is as strict as before. Without this an event with a new value would be a dead letter after every such upgrade.
 */
export function tolerant(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodObject)
    return z.object(Object.fromEntries(Object.entries(schema.shape).map(([name, field]) => [name, tolerant(field as z.ZodType)])))
  if (schema instanceof z.ZodEnum) return z.string()
  if (schema instanceof z.ZodArray) return tolerantArray(schema.element as z.ZodType)
  if (schema instanceof z.ZodOptional) return tolerant(schema.unwrap() as z.ZodType).optional()
  if (schema instanceof z.ZodNullable) return tolerant(schema.unwrap() as z.ZodType).nullable()
  return schema
}

/** Only text can be a value of a newer enum; anything else in an array of an enum is an error. */
function tolerantArray(element: z.ZodType): z.ZodType {
  if (!(element instanceof z.ZodEnum)) return z.array(tolerant(element))
  const known = new Set<unknown>(element.options)
  return z.array(z.string()).transform((members) => members.filter((member) => known.has(member)))
}
