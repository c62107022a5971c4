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
/** Server-side apply as far as one field manager needs it: the given fields replace the old ones; a list is replaced as a whole. */
const merge = (base: Json, over: Json): Json => ({
  ...base,
  ...Object.fromEntries(
    Object.entries(over).map(([key, value]) => {
      const before = base[key]
      return [key, isObject(before) && isObject(value) ? merge(before, value) : value]
    }),
  ),
})

const listOf = (objects: Map<string, ApiObject>) => (plural: string, namespace?: string) =>
  [...objects]
    .filter(([key]) => key.startsWith(namespace === undefined ? `${plural}/` : `${plural}/${namespace}/`))
    .map(([, object]) => object)

/** The objects of the fake API server, with the versions, generations and history that a watch needs. */
export function openObjects() {
  const objects = new Map<string, ApiObject>()
  const history: ApiEvent[] = []
  const listeners = new Set<(event: ApiEvent) => void>()
  let version = 100
  let oldestVersion = 0
  const keyOf = ({ plural, namespace, name }: Key) => `${plural}/${namespace}/${name}`

  const change = (type: ApiEvent['type'], key: Key, object: ApiObject) => {
    const changed = { ...object, metadata: { ...object.metadata, resourceVersion: `${++version}` } }
    if (type === 'DELETED') objects.delete(keyOf(key))
    else objects.set(keyOf(key), changed)
    const event = { type, plural: key.plural, object: changed, version }
    history.push(event)
    for (const listener of listeners) listener(event)
    return changed
  }
  return {
    get version() {
      return version
    },
    get: (key: Key) => objects.get(keyOf(key)),
    list: listOf(objects),
    /** A copy of the current state, to be listed later. */
    copy: () => ({ version, list: listOf(new Map(objects)) }),
    /** Creates or changes an object. A changed spec gets a new generation; an unchanged object causes no event. */
    put(key: Key, given: Json, at = new Date()): ApiObject {
      const before = objects.get(keyOf(key))
      const fresh = { uid: randomUUID(), creationTimestamp: at.toISOString(), generation: 1, resourceVersion: '' }
      const base = before ?? ({ metadata: { name: key.name, namespace: key.namespace, ...fresh } } as ApiObject)
      const after = merge(base, given) as ApiObject
      if (before && JSON.stringify(before) === JSON.stringify(after)) return before
      const isEdited = before && JSON.stringify(before.spec) !== JSON.stringify(after.spec)
      const generation = (base.metadata.generation ?? 1) + (isEdited ? 1 : 0)
      return change(before ? 'MODIFIED' : 'ADDED', key, { ...after, metadata: { ...after.metadata, generation } })
    },
    /** Replaces a whole object. */
    replace: (key: Key, object: ApiObject) => change('MODIFIED', key, object),
    remove(key: Key) {
      const object = objects.get(keyOf(key))
      if (object) change('DELETED', key, object)
    },
    /** The events after a version; undefined when that version is too old. */
    since: (after: number) => (after < oldestVersion ? undefined : history.filter((event) => event.version > after)),
    /** Makes every version up to now too old for a watch. */
    forget() {
      oldestVersion = ++version
      history.length = 0
    },
    listen(listener: (event: ApiEvent) => void) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
export type Objects = ReturnType<typeof openObjects>
