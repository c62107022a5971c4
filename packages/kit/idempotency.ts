import { createHash } from 'node:crypto'
import type { Caller } from '@repitbot/contracts/endpoint'
import type { Database } from './database.ts'
import { Failure } from './failure.ts'
import { keyFrom, seal, unseal } from './seal.ts'

const keyLengthMax = 200

/** A caller's request under a key; where it goes and what it carries makes two requests the same. */
export type Keyed = { key: string; caller: Caller; path: string; params: unknown; body: unknown }

/**
 * The first request of a caller under a key does the work; a repeat gets the same answer; another request under it is refused. Key,
 * effect and answer are one transaction. An answer may hold a secret told once, so it is sealed by the key, of which only a hash is kept.
 */
export async function once(database: Database, { key, caller, ...request }: Keyed, work: () => Promise<unknown>): Promise<unknown> {
  if (key.length > keyLengthMax)
    throw new Failure('invalid_input', { errors: [{ field: 'Idempotency-Key', message: `<= ${keyLengthMax}` }] })
  const used = { user: caller.userId, key: hash(key), fingerprint: hash(key, JSON.stringify([request.path, request.params, request.body])) }
  return database.transaction(caller, async (tx) => {
    const claimed = await tx.query(
      'insert into idempotency (school_id, user_id, key, fingerprint) values ($1, $2, $3, $4) on conflict do nothing returning key',
      [caller.schoolId, used.user, used.key, used.fingerprint],
    )
    if (claimed.length) {
      const answer = await work()
      const sealed = seal(sealing(key), '', JSON.stringify(answer ?? null))
      await tx.query('update idempotency set answer = $3 where user_id = $1 and key = $2', [used.user, used.key, sealed])
      return answer
    }
    const kept = 'select fingerprint, answer from idempotency where user_id = $1 and key = $2'
    const [before] = await tx.query<{ fingerprint: string; answer: Buffer }>(kept, [used.user, used.key])
    if (before?.fingerprint !== used.fingerprint) throw new Failure('idempotency_key_reused')
    return JSON.parse(unseal(sealing(key), '', before.answer)) as unknown
  })
}

const hash = (...parts: string[]) => createHash('sha256').update(parts.join('\n')).digest('hex')
const sealing = (key: string) => keyFrom(key, 'idempotent answer')
