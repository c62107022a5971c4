import { randomBytes, randomUUIDv7 } from 'node:crypto'
import type { Deps } from '../deps.ts'
import { hashOf } from '../rules/secrets.ts'

const daysMax = 7

/** The address of the page that makes the first school, for the operator of the installation; good once, and only the latest. Undefined when there is a school. */
export async function issueFirstLink({ store, secrets, publicUrl, now }: Deps): Promise<string | undefined> {
  const token = randomBytes(32).toString('base64url')
  const expiresAt = new Date(now().getTime() + daysMax * 86_400_000)
  const isKept = await store.insertFirstLink({ id: randomUUIDv7(), hash: hashOf(secrets, 'token', token), expiresAt })
  return isKept ? `${publicUrl}/first-school#${token}` : undefined
}
