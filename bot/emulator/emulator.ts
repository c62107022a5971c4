import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express, { type ErrorRequestHandler, type RequestHandler } from 'express'
import { ZodError } from 'zod'
import { openChats, type Person } from './chats.ts'
import { methodsOf } from './methods.ts'
import { base, pages } from './pages.ts'
import { type Refusal, refusalOf, refuse } from './refusal.ts'
import { openUpdates } from './updates.ts'

/** The next call of a method is answered so, as on a bad day of Telegram's. */
type Fault = { method: string; status: number; description: string }
type Options = { token: string; people: Person[]; botName?: string; port?: number; host?: string; now?: () => number }

/** Opens a Bot API server for one bot, with each person's chat as a page at /demo/telegram; `pages` serves the same in another server. Port 0 takes a free one. */
export async function openEmulator({ token, people, botName = 'repitbot', port = 0, host = '127.0.0.1', now = Date.now }: Options) {
  // Ids begin with the time, so that they are higher than those of an earlier process, which the bot may have stored.
  const updates = openUpdates(now())
  const chats = openChats(people, updates, now)
  const methods = methodsOf({ chats, updates, now, botName })
  const app = express().disable('x-powered-by').disable('etag')
  app.use(express.json({ limit: '1mb' }), express.urlencoded({ extended: false, limit: '1mb' }))
  const faults: Fault[] = []
  app.all('/bot:token/:method', callMethod(token, methods, faults))
  const router = pages(chats)
  app.use(base, router)
  app.use((_request, _response) => refuse(404, 'Not Found'))
  app.use(handleError)
  const server = createServer(app)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const close = async () => {
    updates.close()
    const ended = new Promise<void>((resolve) => server.close(() => resolve()))
    server.closeAllConnections()
    await ended
  }
  return { url: `http://${host}:${(server.address() as AddressInfo).port}`, chats, updates, faults, pages: router, close }
}

/** Method names are case-insensitive, as Telegram's are. */
const callMethod =
  (token: string, methods: ReturnType<typeof methodsOf>, faults: Fault[]): RequestHandler =>
  async (request, response) => {
    if (request.params.token !== token) refuse(401, 'Unauthorized')
    const name = String(request.params.method).toLowerCase()
    const method = methods[name] ?? refuse(404, 'Not Found')
    const at = faults.findIndex((one) => one.method.toLowerCase() === name)
    const [fault] = at < 0 ? [] : faults.splice(at, 1)
    if (fault) refuse(fault.status, fault.description)
    const given = { ...request.query, ...(request.body as object | undefined) }
    if (!isWellFormed(given)) refuse(400, 'Bad Request: strings must be encoded in UTF-8')
    response.json({ ok: true, result: await method(given) })
  }

/** False where a text has half an emoji, which JSON can carry and UTF-8 cannot. */
const isWellFormed = (value: unknown): boolean =>
  typeof value === 'string' ? value.isWellFormed() : typeof value !== 'object' || Object.values(value ?? {}).every(isWellFormed)

const handleError: ErrorRequestHandler = (error, _request, response, next) => {
  if (response.headersSent) return next(error)
  const { status: ownStatus = 500 } = error as { status?: number }
  const malformed = error instanceof ZodError || error instanceof SyntaxError || error instanceof RangeError || ownStatus < 500
  const fallback: Refusal = malformed
    ? { status: 400, description: 'Bad Request: wrong parameters' }
    : { status: 500, description: 'Internal Server Error' }
  const { status, description, retryAfterSeconds } = refusalOf(error) ?? fallback
  const parameters = retryAfterSeconds === undefined ? {} : { parameters: { retry_after: retryAfterSeconds } }
  response.status(status).json({ ok: false, error_code: status, description, ...parameters })
}
