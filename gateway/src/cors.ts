import type { IncomingMessage, ServerResponse } from 'node:http'

const exposedHeaders = 'RateLimit, RateLimit-Policy, Retry-After, X-Correlation-Id'
const allowedHeaders = 'Authorization, Content-Type, Idempotency-Key, Last-Event-ID, Accept-Language'
const preflightMaxAgeS = 600

/** Sets the CORS headers of a response. Answers a preflight request by itself, and then returns true. */
export type Cors = (request: IncomingMessage, response: ServerResponse, methods: () => string[]) => boolean

/** Origins are compared as whole strings. Where none is allowed no header is set, and browsers let no page of another origin read a reply. */
export function openCors(origins: string[] = []): Cors {
  const allowed = new Set(origins)
  return (request, response, methods) => {
    const { origin } = request.headers
    const isPreflight = request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined
    if (!allowed.size) return false
    response.setHeader('vary', 'Origin')
    const isAllowed = origin !== undefined && allowed.has(origin)
    if (isAllowed) {
      response.setHeader('access-control-allow-origin', origin)
      response.setHeader('access-control-allow-credentials', 'true')
      response.setHeader('access-control-expose-headers', exposedHeaders)
    }
    if (!isPreflight || !origin) return false
    if (isAllowed) {
      response.setHeader('access-control-allow-methods', methods().join(', '))
      response.setHeader('access-control-allow-headers', allowedHeaders)
      response.setHeader('access-control-max-age', String(preflightMaxAgeS))
    }
    response.writeHead(204).end()
    return true
  }
}
