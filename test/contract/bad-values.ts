import { z } from 'zod'
import type { Args } from './routes.ts'

/** A value that a body may not have: its path, the value, and the bound that the refusal must name. */
export type BadValue = { path: string[]; value: unknown; bound?: number }
type Schema = {
  type?: string
  properties?: Record<string, Schema>
  items?: Schema
  anyOf?: Schema[]
  enum?: unknown[]
  const?: unknown
  format?: string
  pattern?: string
  [bound: string]: unknown
}

/** Texts that JSON carries and Postgres does not store: a zero byte, and halves of an emoji. */
export const notStorable = ['no-such\0value', 'no-such \ud83d', '\ude00 no-such']
const ofEachType: Record<string, unknown> = { string: 'text', number: 7.5, boolean: true, array: [], object: {}, null: null }
const safe = (bound: unknown): bound is number => typeof bound === 'number' && Math.abs(bound) < Number.MAX_SAFE_INTEGER

export const jsonSchemaOf = (schema: z.ZodType): Schema => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema

/** A value of each wrong type, and one beyond each bound, for every field at any depth. */
export function badValues(schema: Schema, path: string[] = []): BadValue[] {
  const choices = schema.anyOf ?? [schema]
  const types = choices.flatMap(({ type }) => (type === 'integer' ? ['integer', 'number'] : (type ?? [])))
  if (!types.length) return []
  const wrong = Object.entries(ofEachType).filter(([type]) => !types.includes(type) && (path.length > 0 || type !== 'array'))
  return [
    ...wrong.map(([, value]) => ({ path, value })),
    ...(types.includes('integer') ? [{ path, value: 7.5 }] : []),
    ...choices.flatMap((one) => [...outOfBounds(one, path), ...badFields(one, path)]),
  ].filter(({ path: at }) => at.length > 0)
}

function outOfBounds({ type, ...schema }: Schema, path: string[]): BadValue[] {
  const { minLength, maxLength, minimum, maximum, minItems, maxItems } = schema
  const named = schema.enum ?? schema.format ?? schema.pattern ?? schema.const
  return [
    ...(safe(minLength) && minLength > 0 ? [{ path, value: 'a'.repeat(minLength - 1) }] : []),
    ...(safe(maxLength) ? [{ path, value: 'a'.repeat(maxLength + 1), bound: named ? undefined : maxLength }] : []),
    ...(safe(minimum) ? [{ path, value: minimum - 1, bound: minimum }] : []),
    ...(safe(maximum) ? [{ path, value: maximum + 1, bound: maximum }] : []),
    ...(safe(minItems) && minItems > 0 ? [{ path, value: [], bound: minItems }] : []),
    ...(safe(maxItems) ? [{ path, value: Array.from({ length: maxItems + 1 }, () => sampleOf(schema.items)), bound: maxItems }] : []),
    ...(type === 'string' ? notStorable.map((value) => ({ path, value })) : []),
  ]
}

function badFields({ properties = {}, items }: Schema, path: string[]): BadValue[] {
  const fields = Object.entries(properties).flatMap(([name, schema]) => badValues(schema, [...path, name]))
  return items ? [...fields, ...badValues(items, [...path, '0'])] : fields
}

/** Every object in a body, with the names of its fields. */
export function objectsIn(schema: Schema, path: string[] = []): { path: string[]; fields: string[] }[] {
  const { properties, items, anyOf } = schema
  if (anyOf) return anyOf.flatMap((one) => objectsIn(one, path))
  if (items) return objectsIn(items, [...path, '0'])
  if (!properties) return []
  const inner = Object.entries(properties).flatMap(([name, one]) => objectsIn(one, [...path, name]))
  return [{ path, fields: Object.keys(properties) }, ...inner]
}

/** A simple value for a field that the body lacks; the refusal that the test expects is about another field. */
function sampleOf(schema: Schema = {}): unknown {
  const [one = schema] = schema.anyOf ?? []
  if (one.type === 'array') return [sampleOf(one.items)]
  if (one.type === 'object') return Object.fromEntries(Object.entries(one.properties ?? {}).map(([name, inner]) => [name, sampleOf(inner)]))
  return one.enum?.[0] ?? one.const ?? ofEachType[one.type === 'integer' ? 'number' : (one.type ?? 'null')]
}

/** A copy of the body with the value at the path; objects and lists on the way are made where they are missing. */
export function put(body: Args, schema: Schema, path: string[], value: unknown): Args {
  const whole = structuredClone(body)
  let at: Record<string, unknown> = whole
  let here: Schema = schema
  for (const name of path.slice(0, -1)) {
    here = schemaOf(here, name)
    at[name] ??= sampleOf(here)
    at = at[name] as Record<string, unknown>
  }
  at[path.at(-1) ?? ''] = value
  return whole
}

function schemaOf(schema: Schema, name: string): Schema {
  const found = (schema.anyOf ?? [schema]).map(({ properties, items }) => properties?.[name] ?? items).find((one) => one !== undefined)
  return found ?? {}
}
