import type { Log } from '@repitbot/kit/log'
import type { Api, ApiFault } from './api.ts'
import { type Bounds, backoffMs, pause } from './backoff.ts'

export type KubeObject = { metadata: { name: string; namespace: string; uid: string; resourceVersion: string } }
export type ReflectorOptions<T extends KubeObject> = {
  name: string
  api: Api
  /** The collection, with its selectors: `/api/v1/namespaces/school/pods?labelSelector=...`. */
  path: string
  /** Returns what is cached of an object; the rest would only cost memory. */
  trim: (object: T) => T
  /** Called for each object that was added, changed or removed. */
  onChange: (object: T) => void
  log: Log
  /** A watch that is silent for this long counts as broken: the server sends a bookmark every minute. */
  silentMsMax?: number
  relistMs?: number
  retry?: Bounds
}
export type Reflector<T> = {
  items(): T[]
  in(namespace: string): T[]
  /** Whether the first list is complete. */
  isSynced(): boolean
  /** When the watch last received something or was last started. */
  aliveAt(): number
  close(): void
}

type List = { metadata: { resourceVersion: string; continue?: string }; items: KubeObject[] | null }
type WatchEvent = {
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR'
  object: KubeObject & { code?: number; message?: string }
}
const pageSize = 500
const endSecondsMin = 240
/** A list older than the newest version observed comes from a lagging server. If it stays so for a minute, the store was restored, and the list is right. */
const staleMsMax = 60_000

/**
 * Caches a collection: it lists, then watches from the resource version of the list. Whatever ends a watch - a closed, dropped or half-open
 * connection, an error, a version that is gone (410) - it starts again after a short wait; with a new list when the version is gone, and
 * every ten minutes in any case.
 */
export function openReflector<T extends KubeObject>(options: ReflectorOptions<T>): Reflector<T> {
  const { log, name, retry = { msMin: 100, msMax: 5_000 }, relistMs = 600_000 } = options
  const cache = new Map<string, Map<string, T>>()
  const ending = new AbortController()
  const state = { version: '', newest: '', isSynced: false, aliveAt: Date.now(), staleSince: 0, listedAt: 0 }

  const upsert = (object: T) => {
    const { namespace, name: key, resourceVersion } = object.metadata
    const inside = cache.get(namespace) ?? new Map<string, T>()
    if (inside.get(key)?.metadata.resourceVersion === resourceVersion) return
    cache.set(namespace, inside.set(key, options.trim(object)))
    options.onChange(object)
  }
  const remove = (object: T) => {
    const inside = cache.get(object.metadata.namespace)
    if (!inside?.delete(object.metadata.name)) return
    if (inside.size === 0) cache.delete(object.metadata.namespace)
    options.onChange(object)
  }
  const items = () => [...cache.values()].flatMap((inside) => [...inside.values()])

  const list = async () => {
    const { objects, version } = await listAll<T>(options)
    if (isOlder(version, state.newest)) {
      state.staleSince ||= Date.now()
      if (Date.now() - state.staleSince < staleMsMax) throw new Error(`a list of ${name} older than the newest version observed`)
    }
    const uids = new Set(objects.map(({ metadata }) => metadata.uid))
    for (const object of objects) upsert(object)
    for (const object of items()) if (!uids.has(object.metadata.uid)) remove(object)
    Object.assign(state, { version, newest: version, isSynced: true, staleSince: 0, listedAt: Date.now() })
  }
  const handle = ({ type, object }: WatchEvent) => {
    if (type === 'ERROR') throw Object.assign(new Error(`watch: ${object.code} ${object.message}`), { status: object.code })
    if (type === 'DELETED') remove(object as unknown as T)
    if (type === 'ADDED' || type === 'MODIFIED') upsert(object as unknown as T)
    state.version = object.metadata.resourceVersion
    if (isOlder(state.newest, state.version)) state.newest = state.version
  }
  const watch = async (onEvent: () => void) => {
    const seconds = endSecondsMin + Math.floor(Math.random() * 60)
    const query = `watch=1&allowWatchBookmarks=true&timeoutSeconds=${seconds}&resourceVersion=${state.version}`
    for await (const event of watchEvents(options, query, ending.signal)) {
      state.aliveAt = Date.now()
      handle(event)
      onEvent()
    }
  }
  const run = async () => {
    for (let failures = 0; !ending.signal.aborted; ) {
      state.aliveAt = Date.now()
      try {
        if (state.version === '' || state.listedAt + relistMs < Date.now()) await list()
        await watch(() => {
          if (failures > 0) log.info({ watch: name }, 'The watch works again')
          failures = 0
        })
        await pause(Math.random() * retry.msMin, ending.signal)
      } catch (error) {
        if (ending.signal.aborted) return
        if ((error as ApiFault).status === 410) state.version = ''
        if (++failures === 1) log.warn({ watch: name, error: String(error) }, 'The watch ended and is started again')
        await pause(backoffMs(failures, retry, error), ending.signal)
      }
    }
  }
  void run()
  return {
    items,
    in: (namespace) => [...(cache.get(namespace)?.values() ?? [])],
    isSynced: () => state.isSynced,
    aliveAt: () => state.aliveAt,
    close: () => ending.abort(),
  }
}

/** Resource versions are opaque in theory and counters in practice; when they are not numbers, none counts as older. */
const isOlder = (version: string, than: string) => /^\d+$/.test(version) && /^\d+$/.test(than) && BigInt(version) < BigInt(than)

async function listAll<T>({ api, path }: { api: Api; path: string }): Promise<{ objects: T[]; version: string }> {
  const objects: T[] = []
  for (let next: string | undefined = ''; ; ) {
    const page: List = await api.get<List>(`${path}${separator(path)}limit=${pageSize}${next && `&continue=${encodeURIComponent(next)}`}`)
    objects.push(...((page.items ?? []) as T[]))
    next = page.metadata.continue
    if (!next) return { objects, version: page.metadata.resourceVersion }
  }
}

/** The events of one watch; throws when it is silent for too long. */
async function* watchEvents(
  { api, path, silentMsMax = 90_000 }: { api: Api; path: string; silentMsMax?: number },
  query: string,
  signal: AbortSignal,
): AsyncGenerator<WatchEvent> {
  const silence = new AbortController()
  const watchdog = setTimeout(() => silence.abort(new Error(`the API server was silent for ${silentMsMax} ms`)), silentMsMax)
  try {
    const decoder = new TextDecoder()
    let rest = ''
    for await (const chunk of await api.watch(`${path}${separator(path)}${query}`, AbortSignal.any([signal, silence.signal]))) {
      watchdog.refresh()
      const lines = `${rest}${decoder.decode(chunk, { stream: true })}`.split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) yield JSON.parse(line) as WatchEvent
    }
  } finally {
    clearTimeout(watchdog)
  }
}

const separator = (path: string) => (path.includes('?') ? '&' : '?')
