import type { IncomingHttpHeaders } from 'node:http'
import type { Endpoint } from '@repitbot/contracts/endpoint'
import type { Request, Response } from 'express'
import { z } from 'zod'

/** Every browser sends this header, and no script in a page can remove it. */
const isBrowser = (request: Request) => request.get('sec-fetch-site') !== undefined

/** The value of the row's cookie; undefined without one. */
export function cookieOf({ cookie }: Pick<Endpoint, 'cookie'>, headers: IncomingHttpHeaders): string | undefined {
  const pair = (headers.cookie ?? '').split(/; */).find((one) => cookie && one.startsWith(`${cookie.name}=`))
  return pair?.slice(pair.indexOf('=') + 1)
}

/** Reads the row's body field from the cookie of a browser; returns {} for other clients. */
export function readCookie({ cookie, body }: Endpoint, request: Request): Record<string, string> {
  if (!cookie || !isBrowser(request) || !(body instanceof z.ZodObject && cookie.field in body.shape)) return {}
  const value = cookieOf({ cookie }, request.headers)
  return value ? { [cookie.field]: value } : {}
}

/**
 * Moves the row's reply field into the browser's cookie, or deletes the cookie when the reply has no such field. Returns what is left of
 * the reply; other clients get all of it.
 */
export function setCookie({ cookie }: Endpoint, reply: unknown, request: Request, response: Response): unknown {
  if (!cookie || !isBrowser(request)) return reply
  const { [cookie.field]: value, ...rest } = (reply ?? {}) as Record<string, unknown>
  const secure = request.get('x-forwarded-proto') === 'https'
  response.cookie(cookie.name, typeof value === 'string' ? value : '', {
    httpOnly: true,
    sameSite: 'strict',
    path: cookie.path,
    secure,
    maxAge: typeof value === 'string' ? cookie.secondsMax * 1000 : 0,
  })
  return rest
}
