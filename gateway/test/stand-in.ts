import { generateKeyPairSync, randomUUIDv7 } from 'node:crypto'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Role } from '@repitbot/contracts/endpoint'
import { type HouseName, services } from '@repitbot/contracts/services'
import { Settings } from '@repitbot/contracts/settings'
import { fixedKeys, type Jwks, type Keys, tokenAudience, tokenIssuer } from '@repitbot/kit/auth'
import { openLog } from '@repitbot/kit/log'
import { localSignals } from '@repitbot/kit/signals'
import { SignJWT } from 'jose'
import { openGateway } from '../src/gateway.ts'

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const kid = 'stand-in'
const jwks = { keys: [{ ...publicKey.export({ format: 'jwk' }), kid }] } as Jwks
export const houseSecret = 'a-house-secret-of-stand-ins'

export const tokenOf = (role: Role, sessionId = randomUUIDv7()) =>
  new SignJWT({ school: randomUUIDv7(), role, sid: sessionId, typ: 'access' })
    .setProtectedHeader({ alg: 'ES256', kid })
    .setSubject(randomUUIDv7())
    .setIssuer(tokenIssuer)
    .setAudience(tokenAudience)
    .setExpirationTime('10m')
    .sign(privateKey)

/** A server on loopback where a house would be: what the gateway does with slow, broken and missing houses is seen only so. */
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

/** Nobody listens there. */
export const nobody = 'http://127.0.0.1:9'

type Given = { upstreams?: Partial<Record<HouseName, string[]>>; timeoutMs?: number; keys?: Keys; logTo?: (line: string) => void }
/** The gateway before houses that are not there, but for those given. */
export async function openBefore({ upstreams = {}, timeoutMs = 5_000, keys = fixedKeys(jwks), logTo }: Given = {}) {
  const signals = localSignals()
  const settings = Settings.parse({ circuitBreaker: { timeoutMs } })
  const gateway = await openGateway({
    upstreams: {
      ...(Object.fromEntries(Object.keys(services).map((name) => [name, [nobody]])) as Record<HouseName, string[]>),
      ...upstreams,
    },
    houseSecret,
    keys,
    settings: { current: () => settings, generation: () => 0, uid: () => '', refusals: () => 0, close: () => {} },
    signals,
    now: () => new Date(),
    log: logTo ? openLog('gateway', 'info', { write: logTo }) : openLog('gateway', 'silent'),
    port: 0,
  })
  return { ...gateway, signals }
}
