import type { Endpoint, Role } from '@repitbot/contracts/endpoint'
import type { Settings } from '@repitbot/contracts/settings'
import { networksOf, wideTimes } from '@repitbot/kit/network'

/** Who is counted: a signed-in person, the bot, or an address; `session` is the one whose refresh token an address brings. */
export type Client =
  | { kind: 'user'; id: string; role: Role }
  | { kind: 'bot' }
  | { kind: 'address'; id: string; session?: string | undefined }
/** One bound on one client: its name goes into the reply's headers, its key is what is counted. */
export type Limit = { name: string; key: string; perMinute: number }
type RateLimits = Settings['rateLimits']
type Limited = { title: string; row: Endpoint }

/**
 * The bounds on a client's request, the narrowest first: a request that a narrow bound refuses is not counted by the wider ones. A refresh has
 * the bound of its session, because a whole school may be behind one address.
 */
export function limitsOf({ title, row }: Limited, client: Client, limits: RateLimits): Limit[] {
  const kind = row.rate ?? (row.method === 'get' ? 'read' : 'write')
  const ofSession = kind === 'refresh' && client.kind === 'address' ? client.session : undefined
  const ofKind = client.kind === 'bot' || kind === 'refresh' ? undefined : limits.byClass[kind]
  const found: Limit[] = []
  if (ofSession) found.push({ name: kind, key: `${kind} ${ofSession}`, perMinute: limits.byClass.refresh })
  for (const { who, times, suffix } of countedAs(client)) {
    for (const { match, perMinute } of limits.routes)
      if (match === title) found.push({ name: `route${suffix}`, key: `${match} ${who}`, perMinute: perMinute * times })
    if (ofKind) found.push({ name: `${kind}${suffix}`, key: `${kind} ${who}`, perMinute: ofKind * times })
    if (kind !== 'webhook') found.push({ name: `client${suffix}`, key: who, perMinute: perMinuteOf(client, limits) * times })
  }
  return found
}

function perMinuteOf(client: Client, limits: RateLimits): number {
  if (client.kind === 'bot') return limits.botPerMinute
  if (client.kind === 'address') return limits.anonymousPerMinute
  return limits.byRole[client.role] ?? limits.perMinute
}

/** By what a client is counted, and by how much a bound is wider there. */
function countedAs(client: Client): { who: string; times: number; suffix: string }[] {
  if (client.kind !== 'address') return [{ who: client.kind === 'bot' ? 'bot' : client.id, times: 1, suffix: '' }]
  const { narrow, wide } = networksOf(client.id)
  const counted = [{ who: narrow, times: 1, suffix: '' }]
  return wide === undefined ? counted : [...counted, { who: wide, times: wideTimes, suffix: '-network' }]
}
