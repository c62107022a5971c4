import type { z } from 'zod'

export type Role = 'admin' | 'tutor' | 'parent' | 'student'
/** How far a role reaches: its own records, those of people linked to it (a parent's children, a tutor's students), or all of its school. */
export type Reach = 'own' | 'linked' | 'school'
export type Upload = { upload: { bytesMax: number } }

/** One row of an API table. From it come the mount, the gateway's route, OpenAPI, the typed client and the authorization matrix. */
export type Endpoint = {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  path: `/${string}`
  summary: string
  /** `anyone`: no token; `bot` and `service`: that process's own secret, and the gateway never routes `service`; else roles and how far each reaches. */
  who: 'anyone' | 'bot' | 'service' | Partial<Record<Role, Reach>>
  params?: z.ZodObject
  query?: z.ZodObject
  /** Headers that the route reads, such as what another system signs with; names in lower case. */
  headers?: z.ZodObject
  body?: z.ZodType | Upload
  reply?: z.ZodType | 'file' | 'stream'
  status?: 200 | 201 | 202 | 204
  /** `webhook`: another service brings what happened there, many people's from few addresses, so its bound stands in place of the client's. */
  rate?: 'read' | 'write' | 'sign-in' | 'upload' | 'webhook'
  /** A browser keeps this body and reply field in an HttpOnly cookie that scripts cannot read; other clients get it as JSON. */
  cookie?: { name: string; field: string; path: `/${string}`; secondsMax: number }
}
export type Api = { readonly prefix: `/${string}` | ''; readonly endpoints: Record<string, Endpoint> }
export const api = <const A extends Api>(table: A): A => table

/** Who calls, and how far this row lets that role reach (filled in by the mount). */
export type Caller = { userId: string; schoolId: string; role: Role; sessionId: string; reach: Reach }
/** An upload on disk while the route runs; a reply that is not JSON. */
export type UploadedFile = { path: string; name: string; bytes: number; mediaType: string }
export type FileReply = { path: string; name: string; mediaType: string }
/** One message of a stream; `id` comes back as `lastEventId` when the client reconnects. */
export type StreamMessage = { id?: string; event: string; data: object }

type Read<S> = S extends z.ZodType ? z.output<S> : S extends Upload ? UploadedFile : undefined
type Answer<S> = S extends z.ZodType ? z.input<S> : S extends 'file' ? FileReply : S extends 'stream' ? AsyncIterable<StreamMessage> : void

/** Where a request came from: the client's address as the gateway saw it, and its user agent. */
export type Origin = { address: string; agent: string }

/** What a route receives: validated, with the caller unless the row needs none. `signal` aborts when the client is gone. */
export type Asked<E extends Endpoint> = {
  params: Read<E['params']>
  query: Read<E['query']>
  headers: Read<E['headers']>
  body: Read<E['body']>
  caller: E['who'] extends string ? undefined : Caller
  origin: Origin
  lastEventId: string | undefined
  signal: AbortSignal
}
/** One function per row: a missing or misnamed one does not compile. */
export type Routes<A extends Api> = {
  [K in keyof A['endpoints']]: (asked: Asked<A['endpoints'][K]>) => Promise<Answer<A['endpoints'][K]['reply']>>
}
