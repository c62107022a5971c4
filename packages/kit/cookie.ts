import type { Endpoint } from '@repitbot/contracts/endpoint'
import type { Request, Response } from 'express'
import { z } from 'zod'

/** Every browser sends this, and no script in a page can leave it out. */
const isBrowser = (request: Request) => request.get('sec-fetch-site') !== undefined

/** The row's body field as a browser keeps it; nothing for others. */
export function cookieRead({ cookie, body }: Endpoint, request: Request): Record<string, string> {
  if (!cookie || !isBrowser(request) || !(body instanceof z.ZodObject && cookie.field in body.shape)) return {}
  const pair = (request.headers.cookie ?? '').split(/; */).find((one) => one.startsWith(`${cookie.name}=`))
  const value = pair?.slice(cookie.name.length + 1)
  return value ? { [cookie.field]: value } : {}
}

/** Moves the row's reply field into the browser's cookie, or takes the cookie away when the reply has none; others get the reply as it is. */
export function cookieSet({ cookie }: Endpoint, answer: unknown, request: Request, response: Response): unknown {
  if (!cookie || !isBrowser(request)) return answer
  const { [cookie.field]: value, ...shown } = (answer ?? {}) as Record<string, unknown>
  const secure = request.get('x-forwarded-proto') === 'https'
  response.cookie(cookie.name, typeof value === 'string' ? value : '', {
    httpOnly: true,
    sameSite: 'strict',
    path: cookie.path,
    secure,
    maxAge: typeof value === 'string' ? cookie.secondsMax * 1000 : 0,
  })
  return shown
}
