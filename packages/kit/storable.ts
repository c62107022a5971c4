import { Failure } from './failure.ts'

const depthMax = 100

/** Whether Postgres can store a text: no column holds a NUL character, and jsonb also no half of a surrogate pair (half an emoji). */
export const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes('\0')

/** A copy of a JSON value in which every text and every name of a field can be stored. Throws `bad_request` above 100 levels of depth. */
export function toStorable<Value>(value: Value, depth = 0): Value {
  if (depth > depthMax) throw new Failure('bad_request')
  const copy = (given: unknown): unknown => {
    if (typeof given === 'string') return isStorable(given) ? given : given.toWellFormed().replaceAll('\0', '\ufffd')
    if (Array.isArray(given)) return given.map((inner) => toStorable(inner, depth + 1))
    if (typeof given !== 'object' || given === null) return given
    return Object.fromEntries(Object.entries(given).map(([name, inner]) => [copy(name), toStorable(inner, depth + 1)]))
  }
  return copy(value) as Value
}
