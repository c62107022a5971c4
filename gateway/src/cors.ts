import type { IncomingMessage, ServerResponse } from 'node:http'

const shown = 'RateLimit, RateLimit-Policy, Retry-After, X-Correlation-Id'
const taken = 'Authorization, Content-Type, Idempotency-Key, Last-Event-ID, Accept-Language'
const rememberS = 600

/** Says which pages of other origins may read the answer; answers a browser's question beforehand by itself, and then says true. */
export type Cors = (request: IncomingMessage, response: ServerResponse, methods: () => string[]) => boolean

/** Origins are compared whole. With none allowed nothing is said, and browsers let no foreign page in. */
export function openCors(origins: string[] = []): Cors {
  const allowed = new Set(origins)
  return (request, response, methods) => {
    const { origin } = request.headers
    const asksBefore = request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined
    if (!allowed.size) return false
    response.setHeader('vary', 'Origin')
    const known = origin !== undefined && allowed.has(origin)
    if (known) {
      response.setHeader('access-control-allow-origin', origin)
      response.setHeader('access-control-allow-credentials', 'true')
      response.setHeader('access-control-expose-headers', shown)
    }
    if (!asksBefore || !origin) return false
    if (known) {
      response.setHeader('access-control-allow-methods', methods().join(', '))
      response.setHeader('access-control-allow-headers', taken)
      response.setHeader('access-control-max-age', String(rememberS))
    }
    response.writeHead(204).end()
    return true
  }
}
