/**
 * Stands in the page for zod. Of the contracts' schemas the page needs types, which cost nothing, the names of a query's fields, by which
 * the client knows what goes where, and the choices of an enum: every answer was checked by the service that gave it, every form is checked
 * by the service that takes it. Without this a first visit would load and run 170 kB of a validator that validates nothing.
 */
type Held = { shape: object; options: readonly string[] }
const refused = ['parse', 'safeParse', 'parseAsync', 'safeParseAsync']

/** Whatever is called on a schema or taken from it is the same schema again, but for its fields and choices. */
function schema(held: Held): object {
  const taken = (name: string | symbol) => {
    if (refused.includes(String(name))) throw new Error(`${String(name)}: schemas check nothing in the page`)
    if (name === 'shape' || name === 'options') return held[name]
    return name === 'extend' ? (more: object) => schema({ ...held, shape: { ...held.shape, ...more } }) : schema(held)
  }
  return new Proxy(() => {}, { get: (_, name) => taken(name), apply: () => schema(held) })
}
const nothing: Held = { shape: {}, options: [] }
const fields = (shape: object) => schema({ ...nothing, shape })
const choices = (options: readonly string[]) => schema({ ...nothing, options })
const known: Record<string | symbol, unknown> = { object: fields, strictObject: fields, enum: choices }

export const z = new Proxy({}, { get: (_, kind) => known[kind] ?? schema(nothing) })
