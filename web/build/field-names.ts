/**
 * Stands in the page for zod. Of the contracts' schemas the page needs types, which cost nothing, the names of a query's fields, by which
 * the client knows what goes where, and the choices of an enum: every answer was checked by the service that gave it, every form is checked
 * by the service that takes it. Without this a first visit would load and run 170 kB of a validator that validates nothing.
 */
type Kept = { shape: object; options: readonly string[] }
const checks = ['parse', 'safeParse', 'parseAsync', 'safeParseAsync']

/** Whatever is called on a schema or read from it is the same schema again, except its fields and choices. */
function schema(kept: Kept): object {
  const member = (name: string | symbol) => {
    if (checks.includes(String(name))) throw new Error(`${String(name)}: schemas check nothing in the page`)
    if (name === 'shape' || name === 'options') return kept[name]
    return name === 'extend' ? (more: object) => schema({ ...kept, shape: { ...kept.shape, ...more } }) : schema(kept)
  }
  return new Proxy(() => {}, { get: (_, name) => member(name), apply: () => schema(kept) })
}
const empty: Kept = { shape: {}, options: [] }
const fields = (shape: object) => schema({ ...empty, shape })
const choices = (options: readonly string[]) => schema({ ...empty, options })
const kinds: Record<string | symbol, unknown> = { object: fields, strictObject: fields, enum: choices }

export const z = new Proxy({}, { get: (_, kind) => kinds[kind] ?? schema(empty) })
