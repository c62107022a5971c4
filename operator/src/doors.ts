import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Figures } from '@repitbot/kit/metrics'

export type Doors = { url: string; close(): Promise<void> }
type State = { isReady: () => boolean; isAlive: () => boolean; figures: Figures }

/** Probes and metrics: `/readyz` once everything was listed, `/livez` while the streams live, `/metrics`. */
export async function openDoors({ isReady, isAlive, figures }: State, port: number, host: string): Promise<Doors> {
  const answer = async (path: string, response: ServerResponse) => {
    const isSo = path === '/readyz' ? isReady() : path === '/livez' ? isAlive() : undefined
    if (isSo !== undefined) return response.writeHead(isSo ? 200 : 503).end(isSo ? 'ok' : 'no')
    if (path !== '/metrics') return response.writeHead(404).end()
    response.setHeader('content-type', figures.contentType)
    response.end(await figures.text())
  }
  const server = createServer((request, response) => void answer(request.url ?? '', response).catch(() => response.destroy()))
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
