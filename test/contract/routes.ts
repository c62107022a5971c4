import type { Endpoint } from '@repitbot/contracts/endpoint'
import { type Answerer, answerers } from '@repitbot/contracts/gateway'
import { services } from '@repitbot/contracts/services'

export type Route = { service: Answerer; api: string; name: string; path: string; row: Endpoint }

/** Every row of every contract table, also the rows for services and the gateway's own. */
export const routes: Route[] = Object.entries(answerers).flatMap(([service, { apis }]) =>
  Object.entries(apis).flatMap(([api, { prefix, endpoints }]) =>
    Object.entries(endpoints).map(([name, row]) => ({
      service: service as Answerer,
      api,
      name,
      path: (prefix + row.path).replace(/(.)\/$/, '$1'),
      row,
    })),
  ),
)

export const titleOf = ({ row, path }: Route): string => `${row.method.toUpperCase()} ${path}`
export const successOf = ({ row }: Route): number => row.status ?? (row.reply ? 200 : 204)
/** One route that needs a signed-in caller, for each service that has one. */
export const signedIn: Route[] = Object.keys(services).flatMap(
  (service) => routes.find(({ row, ...route }) => route.service === service && typeof row.who !== 'string' && row.method === 'get') ?? [],
)

export type Args = Record<string, unknown>
export type Parts = { path: string; query: Record<string, string>; body: Args | undefined }
export type Answer = { status: number; headers: Headers; text: string; json: unknown }

/** Splits the flat arguments into path, query and body, as the row declares. */
export function toParts({ row, path }: Route, args: Args): Parts {
  const rest = { ...args }
  const take = (name: string) => {
    const value = rest[name]
    delete rest[name]
    return String(value)
  }
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(take(name)))
  const given = Object.keys(row.query?.shape ?? {}).filter((name) => rest[name] !== undefined)
  const query = Object.fromEntries(given.map((name) => [name, take(name)]))
  return { path: filled, query, body: row.body ? rest : undefined }
}

export const ask = (origin: string, route: Route, args: Args, headers: Record<string, string> = {}): Promise<Answer> =>
  send(origin, route, toParts(route, args), headers)

/** Sends a request that the typed client would not allow. Of a stream it reads only the first chunk. */
export async function send(
  origin: string,
  { row }: Route,
  { path, query, body }: Omit<Parts, 'body'> & { body?: unknown },
  headers: Record<string, string> = {},
): Promise<Answer> {
  const search = Object.keys(query).length ? `?${new URLSearchParams(query)}` : ''
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body)
  const leaving = new AbortController()
  const response = await fetch(origin + path + search, {
    method: row.method.toUpperCase(),
    headers: { ...(text !== undefined && { 'content-type': 'application/json' }), ...headers },
    body: text,
    signal: leaving.signal,
  })
  const { status } = response
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream')
  const content = isStream ? await firstChunk(response) : await response.text()
  if (isStream) leaving.abort()
  return { status, headers: response.headers, text: content, json: isStream ? undefined : parse(content) }
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

async function firstChunk(response: Response): Promise<string> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  return (await reader?.read())?.value ?? ''
}

/** An answer as text, without what differs between any two: the correlation id, the time, and the remaining limit. */
export function comparable({ status, headers, text }: Answer): string {
  const body = text.replace(/"correlationId":"[\w-]+"/, '"correlationId":""')
  const kept = [...headers].filter(([name]) => !['x-correlation-id', 'date', 'connection', 'keep-alive', 'ratelimit'].includes(name))
  return JSON.stringify([status, kept.sort(), body])
}
