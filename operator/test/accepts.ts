import { Environment } from '@marcbachmann/cel-js'
import { Ajv } from 'ajv'
import { type Schema, specSchema } from '../src/crd.ts'

type Rule = { rule: string; message: string }
const rulesOf = (schema: Schema) => (schema['x-kubernetes-validations'] as Rule[] | undefined) ?? []

/**
 * Validates a spec as the API server would: the schema of the CRD by ajv, its rules by a CEL evaluator. As in the API server, a null counts as
 * a missing field, defaults are set, and instants are compared as instants.
 */
export function openAcceptance() {
  const ajv = new Ajv({ strict: false, useDefaults: true, allErrors: true, formats: { 'date-time': isDateTime, int64: true } })
  const validate = ajv.compile(closed(specSchema()))
  const environment = new Environment().registerVariable('self', 'dyn')
  return (given: unknown): { stored?: object; refused: string[] } => {
    const stored = withoutNulls(structuredClone(given)) as object
    if (!validate(stored)) return { refused: (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`) }
    const refused = broken(specSchema(), stored, (rule, self) => environment.evaluate(rule, { self }) === true)
    return refused.length > 0 ? { refused } : { stored, refused }
  }
}

/** `kubectl apply` refuses unknown fields; the server itself would drop them. */
function closed(schema: Schema): Schema {
  const { properties, items, 'x-kubernetes-validations': _, ...rest } = schema
  return {
    ...rest,
    ...(properties && { properties: Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, closed(one)])) }),
    ...(properties && { additionalProperties: false }),
    ...(items && { items: closed(items) }),
  }
}

function broken(schema: Schema, value: unknown, holds: (rule: string, self: unknown) => boolean): string[] {
  const own = rulesOf(schema).filter(({ rule }) => !holds(rule, instants(schema, value)))
  const inner = Object.entries(schema.properties ?? {}).flatMap(([name, one]) => {
    const at = (value as Record<string, unknown>)[name]
    return at === undefined ? [] : broken(one, at, holds)
  })
  const items = schema.items ? (value as unknown[]).flatMap((one) => broken(schema.items as Schema, one, holds)) : []
  return [...own.map(({ message }) => message), ...inner, ...items]
}

function instants(schema: Schema, value: unknown): unknown {
  if (schema.format === 'date-time') return new Date(value as string)
  if (schema.properties)
    return Object.fromEntries(
      Object.entries(value as object).map(([key, one]) => [key, instants(schema.properties?.[key] ?? { type: '' }, one)]),
    )
  return value
}

/** As Go reads RFC 3339: the 30th of February is none. */
function isDateTime(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i.exec(text) ?? []
  const last = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()
  return year !== undefined && Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= last
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => one !== null)
      .map(([key, one]) => [key, withoutNulls(one)]),
  )
}
