import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Figures } from '@repitbot/kit/metrics'

export type Doors = { url: string; close(): Promise<void> }
type State = { isReady: () => boolean; isAlive: () => boolean; figures: Figures }

/** Probes and metrics: `/readyz` once everything was listed, `/livez` while the streams live, `/metrics`. */
export async function openDoors({ isReady, isAlive, figures }: State, port: number, host: string): Promise<Doors> {
  const server = createServer(async (request, response) => {
    const yes = { '/readyz': isReady, '/livez': isAlive }[request.url ?? '']
    if (yes) return response.writeHead(yes() ? 200 : 503).end(yes() ? 'ok' : 'no')
    if (request.url !== '/metrics') return response.writeHead(404).end()
    response.setHeader('content-type', figures.contentType)
    response.end(await figures.text())
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
