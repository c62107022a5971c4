import type { Endpoint, Role } from '@repitbot/contracts/endpoint'
import type { Settings } from '@repitbot/contracts/settings'

/** Who is counted: a signed-in person, the bot, or an address. */
export type Client = { kind: 'user'; id: string; role: Role } | { kind: 'bot' } | { kind: 'address'; id: string }
/** One bound on one client: its name goes into the reply's headers, its key is what is counted. */
export type Limit = { name: string; key: string; perMinute: number }
type RateLimits = Settings['rateLimits']
type Limited = { title: string; row: Endpoint }

/** The bounds on a client's request, the narrowest first: a request that a narrow bound refuses is not counted by the wider ones. */
export function limitsOf({ title, row }: Limited, client: Client, limits: RateLimits): Limit[] {
  const who = keyOf(client)
  const found: Limit[] = []
  for (const { match, perMinute } of limits.routes) if (match === title) found.push({ name: 'route', key: `${match} ${who}`, perMinute })
  const kind = row.rate ?? (row.method === 'get' ? 'read' : 'write')
  const ofKind = client.kind === 'bot' ? undefined : limits.byClass[kind]
  if (ofKind) found.push({ name: kind, key: `${kind} ${who}`, perMinute: ofKind })
  if (kind !== 'webhook') found.push({ name: 'client', key: who, perMinute: perMinuteOf(client, limits) })
  return found
}

function perMinuteOf(client: Client, limits: RateLimits): number {
  if (client.kind === 'bot') return limits.botPerMinute
  if (client.kind === 'address') return limits.anonymousPerMinute
  return limits.byRole[client.role] ?? limits.perMinute
}

function keyOf(client: Client): string {
  if (client.kind === 'bot') return 'bot'
  return client.kind === 'user' ? client.id : networkOf(client.id)
}

/** A client with one IPv6 address usually has 2^64 of them, so its /64 network is counted. */
export function networkOf(address: string): string {
  if (!address.includes(':') || address.includes('.')) return address.replace(/^::ffff:/, '')
  const [head = '', tail] = address.split('::')
  const groups = head.split(':').filter(Boolean)
  const rest = tail?.split(':').filter(Boolean) ?? []
  const missing = tail === undefined ? 0 : 8 - groups.length - rest.length
  const all = [...groups, ...Array<string>(Math.max(missing, 0)).fill('0'), ...rest]
  return `${all.slice(0, 4).join(':')}::/64`
}
