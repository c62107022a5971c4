import { createHmac, timingSafeEqual } from 'node:crypto'
import { idleSecondsMax } from '@repitbot/contracts/auth'
import type { Origin } from '@repitbot/contracts/endpoint'

export type Session = {
  id: string
  personId: string
  userId: string
  seed: Buffer
  /** How many refresh tokens of this family were used; the one with this number is the next to be. */
  generation: number
  agent: string
  address: string
  startedAt: Date
  usedAt: Date
  expiresAt: Date
  revokedAt: Date | null
  /** The bot's, which speaks in the person's name; nobody holds its refresh tokens. */
  telegram: boolean
}
/** A refresh token taken apart; only `isGenuine` tells whether it is one of ours. */
export type Presented = { sessionId: string; generation: number; proof: Buffer }

/** How long the client that just refreshed may ask once more, because the answer was lost on the way. */
const retryMsMax = 10_000
const tokenBytes = 16 + 4 + 32

/** The refresh token of one generation; whoever lacks the service's secret or the row's seed cannot make it. */
export function refreshToken(key: Buffer, { id, seed }: Pick<Session, 'id' | 'seed'>, generation: number): string {
  const head = Buffer.alloc(20)
  head.write(id.replaceAll('-', ''), 0, 'hex')
  head.writeUInt32BE(generation, 16)
  return Buffer.concat([head, proofOf(key, seed, head)]).toString('base64url')
}
const proofOf = (key: Buffer, seed: Buffer, head: Buffer) => createHmac('sha256', key).update(seed).update(head).digest()

export function presented(token: string): Presented | undefined {
  const bytes = Buffer.from(token, 'base64url')
  if (bytes.length !== tokenBytes || bytes.toString('base64url') !== token) return undefined
  const sessionId = bytes.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  return { sessionId, generation: bytes.readUInt32BE(16), proof: bytes.subarray(20) }
}

export function isGenuine(key: Buffer, { id, seed }: Pick<Session, 'id' | 'seed'>, { generation, proof }: Presented): boolean {
  const own = Buffer.from(refreshToken(key, { id, seed }, generation), 'base64url').subarray(20)
  return timingSafeEqual(own, proof)
}

/** Whether a sign-in still stands: not ended, used within 30 days, begun within 180. */
export const stands = ({ revokedAt, usedAt, expiresAt }: Session, now: Date) =>
  revokedAt === null && now < expiresAt && now.getTime() < usedAt.getTime() + idleSecondsMax * 1000

/**
 * What a genuine refresh token brings. The current one rotates. The one just used, from the same client at once, is a lost answer and gets
 * the same successor again. Any other used one is in two hands, and nobody can tell whose are honest: the family ends.
 */
export function refreshed(
  session: Session,
  generation: number,
  { address, agent }: Origin,
  now: Date,
): 'rotate' | 'repeat' | 'replay' | 'over' {
  if (!stands(session, now)) return 'over'
  if (generation === session.generation) return 'rotate'
  const isSameClient = session.agent === agent && session.address === address
  const isAtOnce = now.getTime() - session.usedAt.getTime() <= retryMsMax
  return generation === session.generation - 1 && isSameClient && isAtOnce ? 'repeat' : 'replay'
}

/** A sign-in as its person sees it in the list. */
export const shownSession = ({ id, agent, address, startedAt, usedAt, expiresAt }: Session, currentId: string) => ({
  id,
  agent,
  address,
  startedAt: startedAt.toISOString(),
  usedAt: usedAt.toISOString(),
  expiresAt: expiresAt.toISOString(),
  current: id === currentId,
})
