import type { Endpoint } from '@repitbot/contracts/endpoint'
import { type Answerer, answerers } from '@repitbot/contracts/gateway'
import { services } from '@repitbot/contracts/services'

export type Route = { service: Answerer; api: string; name: string; path: string; row: Endpoint }

/** Every row of every contract table, those between services and the gateway's own too. */
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

/** Where each field of the flat argument goes, as the row declares it. */
export function parted({ row, path }: Route, args: Args): Parts {
  const rest = { ...args }
  const taken = (name: string) => {
    const value = rest[name]
    delete rest[name]
    return String(value)
  }
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(taken(name)))
  const asked = Object.keys(row.query?.shape ?? {}).filter((name) => rest[name] !== undefined)
  const query = Object.fromEntries(asked.map((name) => [name, taken(name)]))
  return { path: filled, query, body: row.body ? rest : undefined }
}

export const ask = (origin: string, route: Route, args: Args, headers: Record<string, string> = {}): Promise<Answer> =>
  send(origin, route, parted(route, args), headers)

/** Sends what the typed client would not let through. Of a stream only the beginning is read. */
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
  const answered = isStream ? await beginning(response) : await response.text()
  if (isStream) leaving.abort()
  return { status, headers: response.headers, text: answered, json: isStream ? undefined : parsed(answered) }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

async function beginning(response: Response): Promise<string> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  return (await reader?.read())?.value ?? ''
}

/** An answer without what differs between any two: the correlation id, the time, and how many more are let through. */
export function alike({ status, headers, text }: Answer): string {
  const told = text.replace(/"correlationId":"[\w-]+"/, '"correlationId":""')
  const kept = [...headers].filter(([name]) => !['x-correlation-id', 'date', 'connection', 'keep-alive', 'ratelimit'].includes(name))
  return JSON.stringify([status, kept.sort(), told])
}
