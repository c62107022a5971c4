import type { z } from 'zod'

export type Role = 'admin' | 'tutor' | 'parent' | 'student'
/** Whose records a role may reach: its own, those of people linked to it as well (a parent's children, a tutor's students), or all of its school. */
export type Reach = 'own' | 'linked' | 'school'
export type Upload = { upload: { bytesMax: number } }

/** One row of an API table. The mounted route, the gateway's route, the OpenAPI page, the typed client and the authorization test are made from it. */
export type Endpoint = {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  path: `/${string}`
  summary: string
  /**
   * Who may call it. `anyone`: no token is needed. `bot`, `service`: the caller sends the secret of that process; the gateway routes no
   * `service` rows. Otherwise the roles that may call it, each with its reach.
   */
  who: 'anyone' | 'bot' | 'service' | Partial<Record<Role, Reach>>
  params?: z.ZodObject
  query?: z.ZodObject
  /** Headers that the route reads, such as the signature of another system; names in lower case. */
  headers?: z.ZodObject
  body?: z.ZodType | Upload
  reply?: z.ZodType | 'file' | 'stream'
  status?: 200 | 201 | 202 | 204
  /**
   * The class of its rate limit. `refresh`: a client without a token is counted by the session in its cookie, and its address only far more
   * widely. `webhook`: another system, such as Telegram, sends its events here, those of many people from a few
   * addresses, so this limit replaces the limit per client.
   */
  rate?: 'read' | 'write' | 'sign-in' | 'refresh' | 'upload' | 'webhook'
  /** A browser keeps this field of body and reply in an HttpOnly cookie that scripts cannot read; other clients get it as JSON. */
  cookie?: { name: string; field: string; path: `/${string}`; secondsMax: number }
}
export type Api = { readonly prefix: `/${string}` | ''; readonly endpoints: Record<string, Endpoint> }
export const api = <const A extends Api>(table: A): A => table

/** Who calls, and how far this row lets their role reach (set when the request is checked). */
export type Caller = { userId: string; schoolId: string; role: Role; sessionId: string; reach: Reach }
/** An uploaded file, on disk while the route runs. */
export type UploadedFile = { path: string; name: string; bytes: number; mediaType: string }
/** A file on disk, sent as a download. */
export type FileReply = { path: string; name: string; mediaType: string }
/** One message of a stream; `id` comes back as `lastEventId` when the client reconnects. */
export type StreamMessage = { id?: string; event: string; data: object }

type Parsed<S> = S extends z.ZodType ? z.output<S> : S extends Upload ? UploadedFile : undefined
type ReplyOf<S> = S extends z.ZodType ? z.input<S> : S extends 'file' ? FileReply : S extends 'stream' ? AsyncIterable<StreamMessage> : void

/** Where a request came from: the client's address as the gateway saw it, and its user agent. */
export type Origin = { address: string; agent: string }

/** What a route function gets: the validated parts of the request, and the caller unless the row needs none. `signal` aborts when the client is gone. */
export type RequestOf<E extends Endpoint> = {
  params: Parsed<E['params']>
  query: Parsed<E['query']>
  headers: Parsed<E['headers']>
  body: Parsed<E['body']>
  caller: E['who'] extends string ? undefined : Caller
  origin: Origin
  lastEventId: string | undefined
  signal: AbortSignal
}
type Run<E extends Endpoint> = (request: RequestOf<E>) => Promise<ReplyOf<E['reply']>>
/**
 * What answers a row: a function, which runs in the transaction of the request's Idempotency-Key, if it has one. Or two steps: `prepare` runs
 * before that transaction, so what it writes stays although the request is refused, and it may take long without holding a connection; the
 * function that it returns is then run in the transaction.
 */
export type Route<E extends Endpoint> = Run<E> | { prepare: (request: RequestOf<E>) => Promise<() => ReturnType<Run<E>>> }
/** One route per row: a missing or misnamed one does not compile. */
export type Routes<A extends Api> = { [K in keyof A['endpoints']]: Route<A['endpoints'][K]> }
