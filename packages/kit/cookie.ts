import type { IncomingHttpHeaders } from 'node:http'
import { pageHeader } from '@repitbot/contracts/client'
import type { Endpoint } from '@repitbot/contracts/endpoint'
import type { Request, Response } from 'express'
import { z } from 'zod'

/**
 * Browsers send Sec-Fetch-Site, which no script can set, but not over plain http, and Safari not before 16.4. There our page says by a
 * header of its own what it is; a page of another origin cannot send it, because it would need a preflight that we do not grant.
 */
const isBrowser = (headers: IncomingHttpHeaders) => headers['sec-fetch-site'] !== undefined || headers[pageHeader] !== undefined
const isOwnPage = (headers: IncomingHttpHeaders) =>
  headers['sec-fetch-site'] === undefined ? headers[pageHeader] !== undefined : headers['sec-fetch-site'] === 'same-origin'

/** Over https the name has the prefix by which a browser takes the cookie from nobody on plain http. */
const nameOf = ({ name }: { name: string }, isHttps: boolean) => (isHttps ? `__Secure-${name}` : name)

/** The value of the row's cookie; undefined without one. */
export function cookieOf({ cookie }: Pick<Endpoint, 'cookie'>, headers: IncomingHttpHeaders, isHttps: boolean): string | undefined {
  const start = cookie && `${nameOf(cookie, isHttps)}=`
  return (headers.cookie ?? '')
    .split(/; */)
    .find((one) => start && one.startsWith(start))
    ?.slice(start?.length)
}

/** Reads the row's body field from the cookie when our own page sent the request; returns {} for everybody else. */
export function readCookie({ cookie, body }: Endpoint, { headers }: Request, isHttps: boolean): Record<string, string> {
  if (!cookie || !isOwnPage(headers) || !(body instanceof z.ZodObject && cookie.field in body.shape)) return {}
  const value = cookieOf({ cookie }, headers, isHttps)
  return value ? { [cookie.field]: value } : {}
}

type Answer = { reply: unknown; isHttps: boolean; response: Response }
/**
 * Moves the row's reply field into the browser's cookie, or deletes the cookie when the reply has no such field. Returns what is left of
 * the reply; other clients get all of it.
 */
export function setCookie({ cookie }: Endpoint, { headers }: Request, { reply, isHttps, response }: Answer): unknown {
  if (!cookie || !isBrowser(headers)) return reply
  const { [cookie.field]: value, ...rest } = (reply ?? {}) as Record<string, unknown>
  response.cookie(nameOf(cookie, isHttps), typeof value === 'string' ? value : '', {
    httpOnly: true,
    sameSite: 'strict',
    path: cookie.path,
    secure: isHttps,
    maxAge: typeof value === 'string' ? cookie.secondsMax * 1000 : 0,
  })
  return rest
}
