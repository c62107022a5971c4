import { randomUUID } from 'node:crypto'

export type ApiObject = {
  apiVersion?: string
  kind?: string
  metadata: {
    name: string
    namespace: string
    uid: string
    resourceVersion: string
    creationTimestamp: string
    generation?: number
    labels?: Record<string, string>
    annotations?: Record<string, string>
  }
  [field: string]: unknown
}
export type ApiEvent = { type: 'ADDED' | 'MODIFIED' | 'DELETED'; plural: string; object: ApiObject; version: number }
type Json = Record<string, unknown>
export type Key = { plural: string; namespace: string; name: string }

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
/** Server-side apply as far as one manager needs it: what is given replaces, field by field; a list is replaced whole. */
const merged = (base: Json, over: Json): Json => ({
  ...base,
  ...Object.fromEntries(
    Object.entries(over).map(([key, value]) => {
      const before = base[key]
      return [key, isObject(before) && isObject(value) ? merged(before, value) : value]
    }),
  ),
})

const listOf = (objects: Map<string, ApiObject>) => (plural: string, namespace?: string) =>
  [...objects]
    .filter(([key]) => key.startsWith(namespace === undefined ? `${plural}/` : `${plural}/${namespace}/`))
    .map(([, object]) => object)

/** The objects behind the fake API server, with the versions, generations and history that a watch is made of. */
export function openObjects() {
  const objects = new Map<string, ApiObject>()
  const history: ApiEvent[] = []
  const hearers = new Set<(event: ApiEvent) => void>()
  let version = 100
  let forgotten = 0
  const keyOf = ({ plural, namespace, name }: Key) => `${plural}/${namespace}/${name}`

  const say = (type: ApiEvent['type'], key: Key, object: ApiObject) => {
    const said = { ...object, metadata: { ...object.metadata, resourceVersion: `${++version}` } }
    if (type === 'DELETED') objects.delete(keyOf(key))
    else objects.set(keyOf(key), said)
    const event = { type, plural: key.plural, object: said, version }
    history.push(event)
    for (const hear of hearers) hear(event)
    return said
  }
  return {
    get version() {
      return version
    },
    get: (key: Key) => objects.get(keyOf(key)),
    list: listOf(objects),
    /** How everything is now, to be listed later. */
    copy: () => ({ version, list: listOf(new Map(objects)) }),
    /** Makes or changes one; a changed spec is a new generation, an unchanged object no event. */
    put(key: Key, given: Json, at = new Date()): ApiObject {
      const before = objects.get(keyOf(key))
      const fresh = { uid: randomUUID(), creationTimestamp: at.toISOString(), generation: 1, resourceVersion: '' }
      const base = before ?? ({ metadata: { name: key.name, namespace: key.namespace, ...fresh } } as ApiObject)
      const after = merged(base, given) as ApiObject
      if (before && JSON.stringify(before) === JSON.stringify(after)) return before
      const isEdited = before && JSON.stringify(before.spec) !== JSON.stringify(after.spec)
      const generation = (base.metadata.generation ?? 1) + (isEdited ? 1 : 0)
      return say(before ? 'MODIFIED' : 'ADDED', key, { ...after, metadata: { ...after.metadata, generation } })
    },
    /** Replaces one whole. */
    replace: (key: Key, object: ApiObject) => say('MODIFIED', key, object),
    remove(key: Key) {
      const object = objects.get(keyOf(key))
      if (object) say('DELETED', key, object)
    },
    /** What was said after a version; nothing when that is forgotten. */
    since: (after: number) => (after < forgotten ? undefined : history.filter((event) => event.version > after)),
    /** Every version up to now is too old to go on from. */
    forget() {
      forgotten = ++version
      history.length = 0
    },
    hear(hearer: (event: ApiEvent) => void) {
      hearers.add(hearer)
      return () => hearers.delete(hearer)
    },
  }
}
export type Objects = ReturnType<typeof openObjects>
