import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ProcessMetrics } from '@repitbot/kit/metrics'

export type OperatorHttp = { url: string; close(): Promise<void> }
type State = { isReady: () => boolean; isAlive: () => boolean; metrics: ProcessMetrics }

/** Serves the probes and metrics: `/readyz` once all caches are complete, `/livez` while the watches work, `/metrics`. */
export async function openHttp({ isReady, isAlive, metrics }: State, port: number, host: string): Promise<OperatorHttp> {
  const answer = async (path: string, response: ServerResponse) => {
    const isOk = path === '/readyz' ? isReady() : path === '/livez' ? isAlive() : undefined
    if (isOk !== undefined) return response.writeHead(isOk ? 200 : 503).end(isOk ? 'ok' : 'no')
    if (path !== '/metrics') return response.writeHead(404).end()
    response.setHeader('content-type', metrics.contentType)
    response.end(await metrics.text())
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
