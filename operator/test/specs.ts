import fc from 'fast-check'
import { type Schema, specSchema } from '../src/crd.ts'

/** Generates values for a schema: most within its bounds, many at the bounds, some beyond them or of another type. */
export const anySpec = (): fc.Arbitrary<Record<string, unknown>> => anyOf(specSchema()) as fc.Arbitrary<Record<string, unknown>>

const instants = ['2026-12-05T00:00:00Z', '2026-12-07T00:00:00Z', '2027-01-01T12:30:59Z', '2028-02-29T00:00:00Z']
const wrongInstants = [
  ...['2026-02-30T00:00:00Z', '2026-12-05T24:00:00Z', '2026-12-05T00:00:60Z', '2026-12-05', '2026-12-05T00:00Z', '1999-01-01T00:00:00Z'],
  ...['2026-12-05T00:00:00.5Z', '2026-12-05T00:00:00+03:00', '2026-13-01T00:00:00Z', '2026-12-05t00:00:00z', '2100-02-29T00:00:00Z', ''],
]
const texts = ['a', 'double-weekend', 'b-1', 'POST /auth/login', 'GET /api/v1/lessons/:lessonId', 'DELETE /']
const wrongTexts = ['', 'Big', 'a b', 'x'.repeat(64), 'get /a', 'GET a', `GET /${'x'.repeat(200)}`, 'ё', 'a\n', 'GET /\n']

function anyOf(schema: Schema): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 60, arbitrary: right(schema) },
    { weight: 1, arbitrary: fc.constantFrom<unknown>(true, 'text', 1.5, -1, [], {}) },
  )
}

function right(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.properties) return objectOf(schema.properties, schema.required ?? [])
  if (schema.enum) return often(fc.constantFrom(...schema.enum), fc.constantFrom('', 'lessons'))
  if (schema.type === 'array') return fc.array(anyOf(schema.items as Schema), { maxLength: 5 })
  if (schema.type === 'string') {
    const [good, wrong] = schema.format === 'date-time' ? [instants, wrongInstants] : [texts, wrongTexts]
    return often(fc.constantFrom(...good), fc.constantFrom(...wrong))
  }
  const { minimum = 0, maximum = 1 } = schema
  return often(fc.integer({ min: minimum, max: maximum }), fc.constantFrom<number>(minimum, maximum, minimum - 1, maximum + 1))
}

function objectOf(properties: Record<string, Schema>, required: string[]): fc.Arbitrary<unknown> {
  const fields = Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, anyOf(schema)]))
  return often(fc.record(fields, { requiredKeys: required }), fc.record({ ...fields, perMinutes: fc.constant(1) }, { requiredKeys: [] }))
}

const often = <T, U>(usual: fc.Arbitrary<T>, seldom: fc.Arbitrary<U>) =>
  fc.oneof({ weight: 25, arbitrary: usual as fc.Arbitrary<T | U> }, { weight: 1, arbitrary: seldom as fc.Arbitrary<T | U> })
