import { z } from 'zod'

/**
 * A schema that takes what a newer process may publish: an enum may have grown, a field may have come. Unknown fields are dropped, unknown
 * members of arrays are dropped, and an unknown value of an enum is kept as text, which whoever reads it may ignore. All else is as strict
 * as before. An event that an older process gave up on for a new value would have to be replayed by hand after every such upgrade.
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

/** Only a member that is text can be one that a newer process knows; anything else in an array of an enum is a fault. */
function tolerantArray(element: z.ZodType): z.ZodType {
  if (!(element instanceof z.ZodEnum)) return z.array(tolerant(element))
  const known = new Set<unknown>(element.options)
  return z.array(z.string()).transform((members) => members.filter((member) => known.has(member)))
}
