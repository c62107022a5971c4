import { createHmac, timingSafeEqual } from 'node:crypto'
import { idleSecondsMax, sessionSecondsMax } from '@repitbot/contracts/auth'

export type Session = {
  id: string
  personId: string
  userId: string
  seed: Buffer
  /** How many refresh tokens of this session were used. The token with this number is the current one. */
  generation: number
  /** The token that was exchanged for the current one; null while none was. */
  parent: number | null
  agent: string
  address: string
  startedAt: Date
  usedAt: Date
  expiresAt: Date
  revokedAt: Date | null
  revokedBecause: string | null
  /** The bot's session, which acts for the person; nobody has its refresh tokens. */
  telegram: boolean
}
/** A refresh token taken apart. Anybody can make one up: check it with `isGenuine`. */
export type PresentedToken = { sessionId: string; generation: number; proof: Buffer }

const tokenBytes = 16 + 4 + 32

/** The refresh token of one generation. It cannot be made without both the service's secret and the seed of the row. */
export function refreshToken(key: Buffer, { id, seed }: Pick<Session, 'id' | 'seed'>, generation: number): string {
  const head = Buffer.alloc(20)
  head.write(id.replaceAll('-', ''), 0, 'hex')
  head.writeUInt32BE(generation, 16)
  return Buffer.concat([head, proofOf(key, seed, head)]).toString('base64url')
}
const proofOf = (key: Buffer, seed: Buffer, head: Buffer) => createHmac('sha256', key).update(seed).update(head).digest()

/** Undefined for a text that has another length or spelling than a refresh token. */
export function parseToken(token: string): PresentedToken | undefined {
  const bytes = Buffer.from(token, 'base64url')
  if (bytes.length !== tokenBytes || bytes.toString('base64url') !== token) return undefined
  const sessionId = bytes.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  return { sessionId, generation: bytes.readUInt32BE(16), proof: bytes.subarray(20) }
}

export function isGenuine(key: Buffer, { id, seed }: Pick<Session, 'id' | 'seed'>, { generation, proof }: PresentedToken): boolean {
  const own = Buffer.from(refreshToken(key, { id, seed }, generation), 'base64url').subarray(20)
  return timingSafeEqual(own, proof)
}

/** A session is active until it is revoked, has not been used for 30 days, or is 180 days old. */
export const isActive = ({ revokedAt, usedAt, expiresAt }: Session, now: Date) =>
  revokedAt === null && now < expiresAt && now.getTime() < usedAt.getTime() + idleSecondsMax * 1000

const freshMsMax = 10 * 60_000
/** Whether a session is too old to change a way to sign in without the password. A switched one keeps its end, and so its beginning. */
export const needsPassword = ({ expiresAt, telegram }: Pick<Session, 'expiresAt' | 'telegram'>, now: Date) =>
  !telegram && now.getTime() - (expiresAt.getTime() - sessionSecondsMax * 1000) > freshMsMax

export const revoke = (session: Session, because: string, at: Date): Session => ({ ...session, revokedAt: at, revokedBecause: because })

/** A session in the list that its person sees. */
export const toSessionReply = ({ id, agent, address, startedAt, usedAt, expiresAt }: Session, currentId: string) => ({
  id,
  agent,
  address,
  startedAt: startedAt.toISOString(),
  usedAt: usedAt.toISOString(),
  expiresAt: expiresAt.toISOString(),
  current: id === currentId,
})
