import { availableParallelism } from 'node:os'
import { hash, verify } from '@node-rs/argon2'
import { Failure } from '@repitbot/kit/failure'
import { isWeakPassword } from '../rules/weak-password.ts'

/** OWASP's minimum for argon2id: 19 MiB, two passes, one lane; some 60 ms of a core. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
/** Hashing needs a core and memory, so few run at once. The others wait; when too many wait for that, more are refused. */
const atOnceMax = Math.max(1, availableParallelism() - 1)
const waitingMax = 50
const waiting: (() => void)[] = []
let running = 0

/** The hash of a password that somebody chooses; `weak_password` for one of the first that are tried. */
export function hashPassword(password: string, { own, field }: { own: string[]; field: string }): Promise<string> {
  if (isWeakPassword(password, own))
    throw new Failure('weak_password', { errors: [{ field, message: 'Expected a password that is not easy to guess' }] })
  return inTurn(() => hash(password.normalize('NFKC'), cost))
}

/** The hash of a random password that was thrown away, at the same cost. */
const hashOfNone = '$argon2id$v=19$m=19456,t=2,p=1$zVX63n1PMyTSRogS30/Yfw$hYuNq68PdT9Vc0iYO5R7Upnrg36QyaAYsqUvYTScLS4'

/** Takes as long without a hash: the password is then compared with one that matches nothing. */
export async function isPassword(passwordHash: string | null | undefined, password: string): Promise<boolean> {
  for (const spelling of spellingsOf(password))
    if (await inTurn(() => verify(passwordHash ?? hashOfNone, spelling))) return typeof passwordHash === 'string'
  return false
}

/**
 * Keyboards write a letter with a mark above it in one character or in two. A password is hashed in one form of all (NFKC); the others are for hashes from
 * before that.
 */
const spellingsOf = (password: string) =>
  new Set([password.normalize('NFKC'), password, password.normalize('NFC'), password.normalize('NFD')])

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= atOnceMax) {
    if (waiting.length >= waitingMax) throw new Failure('too_many_requests', { retryAfterSeconds: 5 })
    await new Promise<void>((turn) => waiting.push(turn))
  } else running++
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running--
  }
}
