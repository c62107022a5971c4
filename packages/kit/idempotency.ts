import { createHash } from 'node:crypto'
import type { Caller } from '@repitbot/contracts/endpoint'
import type { Database, Transaction } from './database.ts'
import { Failure } from './failure.ts'
import { keyFrom, seal, unseal } from './seal.ts'

const keyLengthMax = 200

/** A caller's request under an idempotency key; two requests are the same when their path, params and body are. */
export type KeyedRequest = { key: string; caller: Caller; path: string; params: unknown; body: unknown }
type Used = { user: string; key: string; fingerprint: string }
export type Work = () => Promise<unknown>
/** `prepare` makes the work before the transaction of the key, and does not run for a repeat. */
export type Steps = { prepare?: () => Promise<Work>; work: Work }

/**
 * The first request of a caller under a key does the work; a repeat gets the same reply; another request under the key is refused. Key,
 * effect and reply are written in one transaction. A reply may hold a secret that is shown only once, so it is encrypted with the key, of
 * which only a hash is stored.
 */
export async function runOnce(database: Database, { key, caller, ...request }: KeyedRequest, steps: Steps): Promise<unknown> {
  if (key.length > keyLengthMax)
    throw new Failure('invalid_input', { errors: [{ field: 'Idempotency-Key', message: `<= ${keyLengthMax}` }] })
  const used: Used = {
    user: caller.userId,
    key: hash(key),
    fingerprint: hash(key, JSON.stringify([request.path, request.params, request.body])),
  }
  const before = steps.prepare && (await database.transaction(caller, (tx) => findReply(tx, used, key)))
  if (before) return before.reply
  const work = steps.prepare ? await steps.prepare() : steps.work
  return database.transaction(caller, async (tx) => {
    const claimed = await tx.query(
      'insert into idempotency (school_id, user_id, key, fingerprint) values ($1, $2, $3, $4) on conflict do nothing returning key',
      [caller.schoolId, used.user, used.key, used.fingerprint],
    )
    if (claimed.length) {
      const reply = await work()
      const sealed = seal(replyKey(key), '', JSON.stringify(reply ?? null))
      await tx.query('update idempotency set answer = $3 where user_id = $1 and key = $2', [used.user, used.key, sealed])
      return reply
    }
    return (await findReply(tx, used, key))?.reply
  })
}

/** The reply that is stored for a key; undefined when there is none. */
async function findReply(tx: Transaction, used: Used, key: string): Promise<{ reply: unknown } | undefined> {
  const stored = 'select fingerprint, answer from idempotency where user_id = $1 and key = $2'
  const [before] = await tx.query<{ fingerprint: string; answer: Buffer }>(stored, [used.user, used.key])
  if (before && before.fingerprint !== used.fingerprint) throw new Failure('idempotency_key_reused')
  return before && { reply: JSON.parse(unseal(replyKey(key), '', before.answer)) as unknown }
}

const hash = (...parts: string[]) => createHash('sha256').update(parts.join('\n')).digest('hex')
const replyKey = (key: string) => keyFrom(key, 'idempotent answer')
