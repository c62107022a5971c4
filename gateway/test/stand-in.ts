import { generateKeyPairSync, randomUUIDv7 } from 'node:crypto'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Role } from '@repitbot/contracts/endpoint'
import { type ServiceName, serviceNames } from '@repitbot/contracts/services'
import { Settings } from '@repitbot/contracts/settings'
import { fixedKeys, type Jwks, tokenAudience, tokenIssuer } from '@repitbot/kit/auth'
import { openLog } from '@repitbot/kit/log'
import { localSignals } from '@repitbot/kit/signals'
import { SignJWT } from 'jose'
import type { z } from 'zod'
import { type GatewayRuntime, openGateway } from '../src/gateway.ts'

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const kid = 'stand-in'
const jwks = { keys: [{ ...publicKey.export({ format: 'jwk' }), kid }] } as Jwks
export const serviceSecret = 'a-service-secret-of-stand-ins'

export const tokenOf = (role: Role, sessionId: string = randomUUIDv7(), userId: string = randomUUIDv7()) =>
  new SignJWT({ school: randomUUIDv7(), role, sid: sessionId, typ: 'access' })
    .setProtectedHeader({ alg: 'ES256', kid })
    .setSubject(userId)
    .setIssuer(tokenIssuer)
    .setAudience(tokenAudience)
    .setExpirationTime('10m')
    .sign(privateKey)

/** A server on loopback in place of a service: a real service cannot be made slow or broken at will. */
export async function standIn(answer: RequestListener): Promise<{ url: string; server: Server; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/health')) response.end('{}')
    else answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { url: `http://127.0.0.1:${port}`, server, close }
}

/** An address where nobody listens. */
export const nobody = 'http://127.0.0.1:9'

/** More than any test sends in a minute. */
const plenty = { perMinute: 100_000, anonymousPerMinute: 100_000, byClass: { 'sign-in': 100_000, refresh: 100_000 } }

type Options = Partial<
  Pick<
    GatewayRuntime,
    'bodyTimes' | 'botSecret' | 'corsOrigins' | 'extra' | 'keys' | 'otherPerMinute' | 'publicUrl' | 'redis' | 'resolve' | 'trustedProxies'
  >
> & {
  upstreams?: Partial<Record<ServiceName, string[]>>
  timeoutMs?: number
  settings?: z.input<typeof Settings>
  logTo?: (line: string) => void
}
/** A gateway whose services are down, except those in `upstreams`. `change` changes its live settings. */
export async function openBefore({ upstreams = {}, timeoutMs = 5_000, settings: initial, logTo, ...more }: Options = {}) {
  const signals = localSignals()
  const settingsOf = (some: z.input<typeof Settings>) =>
    Settings.parse({ ...some, rateLimits: some.rateLimits ?? plenty, circuitBreaker: { timeoutMs, ...some.circuitBreaker } })
  let settings = settingsOf(initial ?? {})
  const gateway = await openGateway({
    upstreams: {
      ...(Object.fromEntries(serviceNames.map((name) => [name, [nobody]])) as Record<ServiceName, string[]>),
      ...upstreams,
    },
    serviceSecret,
    keys: fixedKeys(jwks),
    settings: { current: () => settings, generation: () => 0, uid: () => '', refusals: () => 0, close: () => {} },
    signals,
    now: () => new Date(),
    log: logTo ? openLog('gateway', 'info', { write: logTo }) : openLog('gateway', 'silent'),
    port: 0,
    ...more,
  })
  const change = (some: z.input<typeof Settings>) => {
    settings = settingsOf(some)
  }
  return { ...gateway, signals, change }
}

/** Opens gateways and stand-ins for one test, and closes them after it. */
export function openAndClose() {
  const open: { close(): Promise<unknown> }[] = []
  afterEach(async () => {
    for (const one of open.splice(0).reverse()) await one.close()
  })
  return {
    async gateway(options?: Options) {
      const gateway = await openBefore(options)
      open.push(gateway)
      return gateway
    },
    async service(answer: RequestListener) {
      const service = await standIn(answer)
      open.push(service)
      return service
    },
    add: <T extends { close(): Promise<unknown> }>(one: T): T => {
      open.push(one)
      return one
    },
  }
}

/** The lessons of a month: a GET that every role may call. */
export const lessonList = '/api/v1/lessons?from=2026-09-01T00:00:00Z&until=2026-10-01T00:00:00Z'
export const bearer = async (role: Role = 'admin', userId?: string) => ({
  authorization: `Bearer ${await tokenOf(role, randomUUIDv7(), userId)}`,
})
