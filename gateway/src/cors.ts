import type { Exchange } from '@repitbot/kit/http'

const exposedHeaders = 'RateLimit, RateLimit-Policy, Retry-After, X-Correlation-Id'
const allowedHeaders = 'Authorization, Content-Type, Idempotency-Key, Last-Event-ID, Accept-Language'
const preflightMaxAgeS = 600

/** Adds the CORS headers to those of the answer. Answers a preflight request by itself, and then returns true. */
export type Cors = (exchange: Pick<Exchange, 'request' | 'response' | 'head'>, methods: () => string[]) => boolean

/** Origins are compared as whole strings. Where none is allowed no header is set, and browsers let no page of another origin read a reply. */
export function openCors(origins: string[] = []): Cors {
  const allowed = new Set(origins)
  return ({ request, response, head }, methods) => {
    const { origin } = request.headers
    const isPreflight = request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined
    if (!allowed.size) return false
    head.push('vary', 'Origin')
    const isAllowed = origin !== undefined && allowed.has(origin)
    if (isAllowed) {
      head.push('access-control-allow-origin', origin, 'access-control-allow-credentials', 'true')
      head.push('access-control-expose-headers', exposedHeaders)
    }
    if (!isPreflight || !origin) return false
    if (isAllowed) {
      head.push('access-control-allow-methods', methods().join(', '), 'access-control-allow-headers', allowedHeaders)
      head.push('access-control-max-age', String(preflightMaxAgeS))
    }
    response.writeHead(204, head).end()
    return true
  }
}
