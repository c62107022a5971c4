import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express, { type ErrorRequestHandler, type RequestHandler } from 'express'
import { ZodError } from 'zod'
import { openChats, type Person } from './chats.ts'
import { methodsOf } from './methods.ts'
import { base, pages } from './pages.ts'
import { type Refusal, refusalOf, refuse } from './refused.ts'
import { openUpdates } from './updates.ts'

type Options = { token: string; people: Person[]; botName?: string; port?: number; host?: string; now?: () => number }

/** Opens a Bot API server for one bot, with the chats of people who are pages at /demo/telegram; `pages` serves the same elsewhere. Port 0 takes a free one. */
export async function openEmulator({ token, people, botName = 'repitbot', port = 0, host = '127.0.0.1', now = Date.now }: Options) {
  // Ids go on where those of an earlier process ended: whoever remembers them must not take new ones for old.
  const updates = openUpdates(now())
  const chats = openChats(people, updates, now)
  const methods = methodsOf({ chats, updates, now, botName })
  const app = express().disable('x-powered-by').disable('etag')
  app.use(express.json({ limit: '1mb' }), express.urlencoded({ extended: false, limit: '1mb' }))
  app.all('/bot:token/:method', answer(token, methods))
  const shown = pages(chats)
  app.use(base, shown)
  app.use((_request, _response) => refuse(404, 'Not Found'))
  app.use(refused)
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
  return { url: `http://${host}:${(server.address() as AddressInfo).port}`, chats, updates, pages: shown, close }
}

/** Method names are told apart without their case, as Telegram does. */
const answer =
  (token: string, methods: ReturnType<typeof methodsOf>): RequestHandler =>
  async (request, response) => {
    if (request.params.token !== token) refuse(401, 'Unauthorized')
    const method = methods[String(request.params.method).toLowerCase()] ?? refuse(404, 'Not Found')
    response.json({ ok: true, result: await method({ ...request.query, ...(request.body as object | undefined) }) })
  }

const refused: ErrorRequestHandler = (error, _request, response, next) => {
  if (response.headersSent) return next(error)
  const { status: given = 500 } = error as { status?: number }
  const malformed = error instanceof ZodError || error instanceof SyntaxError || error instanceof RangeError || given < 500
  const own: Refusal = malformed
    ? { status: 400, description: 'Bad Request: wrong parameters' }
    : { status: 500, description: 'Internal Server Error' }
  const { status, description, retryAfterSeconds } = refusalOf(error) ?? own
  const parameters = retryAfterSeconds === undefined ? {} : { parameters: { retry_after: retryAfterSeconds } }
  response.status(status).json({ ok: false, error_code: status, description, ...parameters })
}
