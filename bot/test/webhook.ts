import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text as read } from 'node:stream/consumers'

type Received = { text: string; secret: string | undefined }

/** A bot's webhook on loopback that fails the first `faults` times. */
export async function openWebhook(faults: number) {
  const received: Received[] = []
  const receive = async (request: IncomingMessage, response: ServerResponse) => {
    const { message } = JSON.parse(await read(request)) as { message: { text: string } }
    received.push({ text: message.text, secret: request.headers['x-telegram-bot-api-secret-token']?.toString() })
    response.writeHead(received.length > faults ? 200 : 500).end()
  }
  const server = createServer((request, response) => void receive(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = () => {
    server.closeAllConnections()
    return new Promise<void>((resolve) => server.close(() => resolve()))
  }
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received, close }
}
