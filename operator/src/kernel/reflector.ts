import type { Log } from '@repitbot/kit/log'
import type { Api, ApiFault } from './api.ts'
import { type Bounds, backoffMs, rest } from './backoff.ts'

export type Kept = { metadata: { name: string; namespace: string; uid: string; resourceVersion: string } }
export type Reflecting<T extends Kept> = {
  name: string
  api: Api
  /** The collection, with its selectors: `/api/v1/namespaces/school/pods?labelSelector=...`. */
  path: string
  /** What is kept of an object; the rest costs memory. */
  keep: (object: T) => T
  /** Said for each object that came, changed or went. */
  onChange: (object: T) => void
  log: Log
  /** A watch that is silent this long is dead: the server says something every minute. */
  silentMsMax?: number
  relistMs?: number
  retry?: Bounds
}
export type Reflector<T> = {
  items(): T[]
  in(namespace: string): T[]
  /** Whether everything was listed once. */
  isSynced(): boolean
  /** When the stream last said something, or was last begun. */
  aliveAt(): number
  close(): void
}

type List = { metadata: { resourceVersion: string; continue?: string }; items: Kept[] | null }
type Told = { type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR'; object: Kept & { code?: number; message?: string } }
const pageSize = 500
const endSecondsMin = 240
/** A list older than what was seen is a lagging server's; if it stays so for a minute, it is the truth: a store that was restored. */
const staleMsMax = 60_000

/**
 * Keeps a copy of a collection: list, then watch from there. Whatever ends a watch - a closed, dropped or half-open connection, an error,
 * a version that is gone (410) - begins it again after a short wait, with a list where the last version is lost, and now and then anyway.
 */
export function openReflector<T extends Kept>(reflecting: Reflecting<T>): Reflector<T> {
  const { log, name, retry = { msMin: 100, msMax: 5_000 }, relistMs = 600_000 } = reflecting
  const kept = new Map<string, Map<string, T>>()
  const ending = new AbortController()
  const state = { version: '', newest: '', isSynced: false, aliveAt: Date.now(), staleSince: 0, listedAt: 0 }

  const put = (object: T) => {
    const { namespace, name: key, resourceVersion } = object.metadata
    const inside = kept.get(namespace) ?? new Map<string, T>()
    if (inside.get(key)?.metadata.resourceVersion === resourceVersion) return
    kept.set(namespace, inside.set(key, reflecting.keep(object)))
    reflecting.onChange(object)
  }
  const drop = (object: T) => {
    const inside = kept.get(object.metadata.namespace)
    if (!inside?.delete(object.metadata.name)) return
    if (inside.size === 0) kept.delete(object.metadata.namespace)
    reflecting.onChange(object)
  }
  const items = () => [...kept.values()].flatMap((inside) => [...inside.values()])

  const list = async () => {
    const { found, version } = await listed<T>(reflecting)
    if (isOlder(version, state.newest)) {
      state.staleSince ||= Date.now()
      if (Date.now() - state.staleSince < staleMsMax) throw new Error(`a list of ${name} older than what was seen`)
    }
    const there = new Set(found.map(({ metadata }) => metadata.uid))
    for (const object of found) put(object)
    for (const object of items()) if (!there.has(object.metadata.uid)) drop(object)
    Object.assign(state, { version, newest: version, isSynced: true, staleSince: 0, listedAt: Date.now() })
  }
  const hear = ({ type, object }: Told) => {
    if (type === 'ERROR') throw Object.assign(new Error(`watch: ${object.code} ${object.message}`), { status: object.code })
    if (type === 'DELETED') drop(object as unknown as T)
    if (type === 'ADDED' || type === 'MODIFIED') put(object as unknown as T)
    state.version = object.metadata.resourceVersion
    if (isOlder(state.newest, state.version)) state.newest = state.version
  }
  const follow = async (onSign: () => void) => {
    const seconds = endSecondsMin + Math.floor(Math.random() * 60)
    const query = `watch=1&allowWatchBookmarks=true&timeoutSeconds=${seconds}&resourceVersion=${state.version}`
    for await (const told of stream(reflecting, query, ending.signal)) {
      state.aliveAt = Date.now()
      hear(told)
      onSign()
    }
  }
  const run = async () => {
    for (let failures = 0; !ending.signal.aborted; ) {
      state.aliveAt = Date.now()
      try {
        if (state.version === '' || state.listedAt + relistMs < Date.now()) await list()
        await follow(() => {
          if (failures > 0) log.info({ watch: name }, 'The watch is whole again')
          failures = 0
        })
        await rest(Math.random() * retry.msMin, ending.signal)
      } catch (error) {
        if (ending.signal.aborted) return
        if ((error as ApiFault).status === 410) state.version = ''
        if (++failures === 1) log.warn({ watch: name, error: String(error) }, 'The watch broke off and is begun again')
        await rest(backoffMs(failures, retry, error), ending.signal)
      }
    }
  }
  void run()
  return {
    items,
    in: (namespace) => [...(kept.get(namespace)?.values() ?? [])],
    isSynced: () => state.isSynced,
    aliveAt: () => state.aliveAt,
    close: () => ending.abort(),
  }
}

/** Versions are opaque in theory and counters in practice; where they are none, nothing is older. */
const isOlder = (version: string, than: string) => /^\d+$/.test(version) && /^\d+$/.test(than) && BigInt(version) < BigInt(than)

async function listed<T>({ api, path }: { api: Api; path: string }): Promise<{ found: T[]; version: string }> {
  const found: T[] = []
  for (let next: string | undefined = ''; ; ) {
    const page: List = await api.get<List>(`${path}${glue(path)}limit=${pageSize}${next && `&continue=${encodeURIComponent(next)}`}`)
    found.push(...((page.items ?? []) as T[]))
    next = page.metadata.continue
    if (!next) return { found, version: page.metadata.resourceVersion }
  }
}

/** The lines of one watch; throws when it is silent for too long. */
async function* stream(
  { api, path, silentMsMax = 90_000 }: { api: Api; path: string; silentMsMax?: number },
  query: string,
  signal: AbortSignal,
): AsyncGenerator<Told> {
  const silence = new AbortController()
  const watchdog = setTimeout(() => silence.abort(new Error(`the API server was silent for ${silentMsMax} ms`)), silentMsMax)
  try {
    const decoder = new TextDecoder()
    let left = ''
    for await (const chunk of await api.watch(`${path}${glue(path)}${query}`, AbortSignal.any([signal, silence.signal]))) {
      watchdog.refresh()
      const lines = `${left}${decoder.decode(chunk, { stream: true })}`.split('\n')
      left = lines.pop() ?? ''
      for (const line of lines) yield JSON.parse(line) as Told
    }
  } finally {
    clearTimeout(watchdog)
  }
}

const glue = (path: string) => (path.includes('?') ? '&' : '?')
