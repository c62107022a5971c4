import { createHash } from 'node:crypto'
import type { Caller } from '@repitbot/contracts/endpoint'
import type { Database, Transaction } from './database.ts'
import { Failure } from './failure.ts'
import { keyFrom, seal, unseal } from './seal.ts'

const keyLengthMax = 200

/** A caller's request under an idempotency key; two requests are the same when their path, params and body are. */
export type KeyedRequest = { key: string; secret: string | undefined; caller: Caller; path: string; params: unknown; body: unknown }
type ReplyKeys = { own: Buffer; former: Buffer }
type Used = { user: string; key: string; fingerprint: string }
export type Work = () => Promise<unknown>
/** `prepare` makes the work before the transaction of the key, and does not run for a repeat. */
export type Steps = { prepare?: () => Promise<Work>; work: Work }

/**
 * The first request of a caller under a key does the work; a repeat gets the same reply; another request under the key is refused. Key,
 * effect and reply are written in one transaction. A reply may hold what nobody may read in the database, so it is encrypted: with the key,
 * of which only a hash is stored, and with the secret of the services, for a client may make its keys of what a table holds.
 */
export async function runOnce(database: Database, { key, secret = '', caller, ...request }: KeyedRequest, steps: Steps): Promise<unknown> {
  if (key.length > keyLengthMax)
    throw new Failure('invalid_input', { errors: [{ field: 'Idempotency-Key', message: `<= ${keyLengthMax}` }] })
  const used: Used = {
    user: caller.userId,
    key: hash(key),
    fingerprint: hash(key, JSON.stringify([request.path, request.params, request.body])),
  }
  // The release before encrypted with the key alone; such replies are gone two days after the upgrade.
  const keys: ReplyKeys = { own: keyFrom(`${secret}\n${key}`, 'reply'), former: keyFrom(key, 'idempotent answer') }
  const before = steps.prepare && (await database.transaction(caller, (tx) => findReply(tx, used, keys)))
  if (before) return before.reply
  const work = steps.prepare ? await steps.prepare() : steps.work
  return database.transaction(caller, async (tx) => {
    const claimed = await tx.query(
      'insert into idempotency (school_id, user_id, key, fingerprint) values ($1, $2, $3, $4) on conflict do nothing returning key',
      [caller.schoolId, used.user, used.key, used.fingerprint],
    )
    if (claimed.length) {
      const reply = await work()
      const sealed = seal(keys.own, '', JSON.stringify(reply ?? null))
      await tx.query('update idempotency set answer = $3 where user_id = $1 and key = $2', [used.user, used.key, sealed])
      return reply
    }
    return (await findReply(tx, used, keys))?.reply
  })
}

/** The reply that is stored for a key; undefined when there is none. */
async function findReply(tx: Transaction, used: Used, keys: ReplyKeys): Promise<{ reply: unknown } | undefined> {
  const stored = 'select fingerprint, answer from idempotency where user_id = $1 and key = $2'
  const [before] = await tx.query<{ fingerprint: string; answer: Buffer }>(stored, [used.user, used.key])
  if (before && before.fingerprint !== used.fingerprint) throw new Failure('idempotency_key_reused')
  return before && { reply: JSON.parse(open(keys, before.answer)) as unknown }
}

const hash = (...parts: string[]) => createHash('sha256').update(parts.join('\n')).digest('hex')

function open({ own, former }: ReplyKeys, answer: Buffer): string {
  try {
    return unseal(own, '', answer)
  } catch {
    return unseal(former, '', answer)
  }
}
