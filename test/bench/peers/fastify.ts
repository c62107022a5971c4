import cors from '@fastify/cors'
import proxy from '@fastify/http-proxy'
import jwt from '@fastify/jwt'
import rateLimit from '@fastify/rate-limit'
import { tokenAudience, tokenIssuer } from '@repitbot/kit/auth'
import { fastify, LogController } from 'fastify'
import { Redis } from 'ioredis'
import { bufferedLog, openFigures, peer, publicKey } from './environment.ts'

// Fastify's own plugins for what the gateway does: tokens verified once, the limit of a person counted in Redis, CORS, access log, metrics, proxy.

const logController = new LogController({ disableRequestLogging: true })
const app = fastify({ loggerInstance: bufferedLog(), logController })
const figures = openFigures()
const redis = new Redis(peer.redisPort, '127.0.0.1', { enableAutoPipelining: true })
app.addHook('onResponse', (request, reply, done) => {
  figures[reply.statusCode === 200 ? 'ok' : 'other'].observe(reply.elapsedTime / 1000)
  const { method, id } = request
  request.log.info({ id, method, route: request.routeOptions.url, status: reply.statusCode, ms: reply.elapsedTime }, 'answered')
  done()
})
app.get('/metrics', async () => figures.registry.metrics())
app.get('/health/ready', async () => ({ ready: true }))
await app.register(cors, { origin: [peer.origin] })
await app.register(jwt, {
  secret: { public: publicKey().export({ type: 'spki', format: 'pem' }) as string, private: '' },
  decode: { complete: false },
  verify: { algorithms: ['ES256'], allowedIss: tokenIssuer, allowedAud: tokenAudience, cache: 10_000 },
})
await app.register(rateLimit, {
  global: false,
  max: peer.limit,
  timeWindow: 60_000,
  redis,
  hook: 'preHandler',
  keyGenerator: (request) => (request.user as { sub: string }).sub,
})
await app.register(proxy, {
  upstream: peer.to,
  prefix: '/api/v1',
  rewritePrefix: '/api/v1',
  undici: { connections: 128, pipelining: 1 },
  preValidation: (request, _reply, done) => {
    request.jwtVerify().then(() => done(), done)
  },
  config: { rateLimit: { max: peer.limit, timeWindow: 60_000 } },
})
await app.listen({ port: peer.port, host: '127.0.0.1' })
