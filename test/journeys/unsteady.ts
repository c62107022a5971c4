import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/**
 * How a server behaves: as it is; not there; overloaded; told to wait; silent for ever; or doing what it is asked and losing the answer.
 * `before` is called with each message that is let through, before the answer is handed back.
 */
export type Mood = 'well' | 'away' | 'broken' | 'busy' | 'silent' | 'answerless'

/** Stands before a Bot API server and makes it as unsteady as the world is. */
export async function openUnsteady(target: string) {
  let mood: Mood = 'well'
  let before: () => Promise<void> | void = () => {}
  const seen = { messages: 0, lost: 0 }
  const answer = (response: ServerResponse, status: number, body: object) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  const handed = async (asked: IncomingMessage, response: ServerResponse) => {
    const isMessage = asked.url?.endsWith('/sendMessage') === true
    const answered = await fetch(target + asked.url, {
      method: asked.method,
      headers: { 'content-type': asked.headers['content-type'] ?? '' },
      body: await text(asked),
    })
    const told = await answered.text()
    if (isMessage) await before()
    if (mood === 'answerless' && isMessage) {
      seen.lost++
      return asked.socket.destroy()
    }
    response.writeHead(answered.status, { 'content-type': 'application/json' }).end(told)
  }
  const server = createServer((asked, response) => {
    if (asked.url?.endsWith('/sendMessage')) seen.messages++
    if (mood === 'broken') return void answer(response, 502, { ok: false, error_code: 502, description: 'Bad Gateway' })
    if (mood === 'busy')
      return void answer(response, 429, { ok: false, error_code: 429, description: 'Too Many Requests', parameters: { retry_after: 1 } })
    if (mood === 'silent') return
    void handed(asked, response).catch(() => response.destroy())
  })
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  await listen(0)
  const { port } = server.address() as AddressInfo
  const closed = async () => {
    const ended = new Promise<void>((resolve) => server.close(() => resolve()))
    server.closeAllConnections()
    await ended
  }
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    onMessage: (run: typeof before) => {
      before = run
    },
    async be(next: Mood) {
      if (next === 'away' && mood !== 'away') await closed()
      if (next !== 'away' && mood === 'away') await listen(port)
      if (mood === 'silent') server.closeAllConnections()
      mood = next
    },
    close: () => (mood === 'away' ? Promise.resolve() : closed()),
  }
}
