import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/**
 * What a server does with requests: `up` answers them; `down` refuses connections; `failing` answers 502; `busy` answers 429; `silent` never
 * answers; `losing-answers` handles them and drops the connection in place of the answer.
 */
export type ServerState = 'up' | 'down' | 'failing' | 'busy' | 'silent' | 'losing-answers'

/** A proxy before a Bot API server that makes it fail in the ways of `ServerState`. */
export async function openUnreliableServer(target: string) {
  let state: ServerState = 'up'
  let beforeAnswer: () => Promise<void> | void = () => {}
  const seen = { messages: 0, lost: 0 }
  const answer = (response: ServerResponse, status: number, body: object) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  const forward = async (request: IncomingMessage, response: ServerResponse) => {
    const isMessage = request.url?.endsWith('/sendMessage') === true
    const answered = await fetch(target + request.url, {
      method: request.method,
      headers: { 'content-type': request.headers['content-type'] ?? '' },
      body: await text(request),
    })
    const body = await answered.text()
    if (isMessage) await beforeAnswer()
    if (state === 'losing-answers' && isMessage) {
      seen.lost++
      return request.socket.destroy()
    }
    response.writeHead(answered.status, { 'content-type': 'application/json' }).end(body)
  }
  const server = createServer((request, response) => {
    if (request.url?.endsWith('/sendMessage')) seen.messages++
    if (state === 'failing') return void answer(response, 502, { ok: false, error_code: 502, description: 'Bad Gateway' })
    if (state === 'busy')
      return void answer(response, 429, { ok: false, error_code: 429, description: 'Too Many Requests', parameters: { retry_after: 1 } })
    if (state === 'silent') return
    void forward(request, response).catch(() => response.destroy())
  })
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  await listen(0)
  const { port } = server.address() as AddressInfo
  const close = async () => {
    const ended = new Promise<void>((resolve) => server.close(() => resolve()))
    server.closeAllConnections()
    await ended
  }
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    /** `run` is called with each message that was forwarded, before its answer goes back. */
    onMessage: (run: typeof beforeAnswer) => {
      beforeAnswer = run
    },
    async set(next: ServerState) {
      if (next === 'down' && state !== 'down') await close()
      if (next !== 'down' && state === 'down') await listen(port)
      if (state === 'silent') server.closeAllConnections()
      state = next
    },
    close: () => (state === 'down' ? Promise.resolve() : close()),
  }
}
