import type { z } from 'zod'
import type { Api, Endpoint, StreamMessage, Upload } from './endpoint.ts'
import type { FailureCode } from './failures.ts'

type ArgsOf<S> = S extends z.ZodType ? z.input<S> : S extends Upload ? { file: Blob } : unknown
type ReplyOf<S> = S extends z.ZodType
  ? z.output<S>
  : S extends 'file'
    ? Blob
    : S extends 'stream'
      ? AsyncIterable<StreamMessage>
      : undefined
type Args<E extends Endpoint> = ArgsOf<E['params']> & ArgsOf<E['query']> & ArgsOf<E['body']>

export type CallOptions = { idempotencyKey?: string; signal?: AbortSignal; headers?: Record<string, string> }
/** One function per row, taking params, query and body as one flat argument. */
export type Client<A extends Api> = {
  [K in keyof A['endpoints']]: (args: Args<A['endpoints'][K]>, options?: CallOptions) => Promise<ReplyOf<A['endpoints'][K]['reply']>>
}

/** A refusal in the form that the server sends it in (RFC 9457). */
export type Problem = {
  type: string
  title: string
  status: number
  code: FailureCode
  detail?: string
  correlationId?: string
  errors?: { field: string; message: string }[]
  /** Details of a code, such as whose time is taken and when, for `double_booked`. */
  with?: Record<string, unknown>
}
/** What a client throws when the server answers with a problem. */
export class Refused extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(`${problem.status} ${problem.code}${problem.detail ? `: ${problem.detail}` : ''}`)
    this.problem = problem
  }
}

/** By this header our page says what it is to a server that cannot tell by what the browser sends (see kit/cookie.ts). */
export const pageHeader = 'x-client-page'

export type ClientDeps = {
  /** Scheme, host and port, without a trailing slash; empty in a browser on the same origin. */
  origin: string
  /** The current access token, if any. */
  token?: () => string | undefined
  fetch?: typeof fetch
  headers?: Record<string, string>
}

/** A typed client of one API table. Throws `Refused` with the server's problem, or fetch's own error when there was no answer. */
export function client<A extends Api>(table: A, deps: ClientDeps): Client<A> {
  const calls = Object.entries(table.endpoints).map(([name, row]) => [name, callOf(table.prefix, row, deps)])
  return Object.fromEntries(calls) as Client<A>
}

function callOf(prefix: string, row: Endpoint, deps: ClientDeps) {
  return async (args: Record<string, unknown> = {}, options: CallOptions = {}) => {
    const { url, body } = urlAndBody(prefix, row, args)
    const token = deps.token?.()
    const response = await (deps.fetch ?? fetch)(deps.origin + url, {
      method: row.method.toUpperCase(),
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(options.idempotencyKey ? { 'idempotency-key': options.idempotencyKey } : {}),
        ...deps.headers,
        ...options.headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: options.signal,
    })
    if (!response.ok) throw new Refused(await problemOf(response))
    if (row.reply === 'stream') return messages(response)
    if (row.reply === 'file') return response.blob()
    return row.reply ? response.json() : undefined
  }
}

/** Puts each field of the flat argument where the row declares it: into the path, the query or the body. */
function urlAndBody(prefix: string, row: Endpoint, args: Record<string, unknown>) {
  const rest = { ...args }
  const path = row.path.replace(/:(\w+)/g, (_, name: string) => {
    const value = rest[name]
    delete rest[name]
    return encodeURIComponent(String(value))
  })
  const query = new URLSearchParams()
  for (const name of Object.keys(row.query?.shape ?? {})) {
    if (rest[name] !== undefined) query.set(name, String(rest[name]))
    delete rest[name]
  }
  const search = query.size ? `?${query}` : ''
  return { url: (prefix + path).replace(/(.)\/$/, '$1') + search, body: row.body ? rest : undefined }
}

async function problemOf(response: Response): Promise<Problem> {
  const text = await response.text()
  try {
    const problem = JSON.parse(text) as Problem
    if (problem.code) return problem
  } catch {}
  return { type: 'about:blank', title: response.statusText, status: response.status, code: 'internal', detail: text.slice(0, 200) }
}

async function* messages(response: Response): AsyncIterable<StreamMessage> {
  if (!response.body) return
  let rest = ''
  // Not every browser iterates over a stream itself: Safari does not.
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      rest += read.value
      const blocks = rest.split('\n\n')
      rest = blocks.pop() ?? ''
      for (const block of blocks) {
        const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1]
        const data = field('data')
        if (data) yield { id: field('id'), event: field('event') ?? 'message', data: JSON.parse(data) as object }
      }
    }
  } finally {
    void reader.cancel().catch(() => {})
  }
}
