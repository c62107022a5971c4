import { seal, unseal } from '@repitbot/kit/seal'

type Reader = { schoolId: string; userId: string }
const use = 'unsubscribe'

/** The token in letters that many people get: it names its reader, to us alone, and never expires. */
export const unsubscribeToken = (key: Buffer, { schoolId, userId }: Reader): string =>
  seal(key, use, JSON.stringify({ schoolId, userId })).toString('base64url')

/** Returns undefined for a text that is no token, or one of another key. */
export function readUnsubscribeToken(key: Buffer, token: string): Reader | undefined {
  try {
    return JSON.parse(unseal(key, use, Buffer.from(token, 'base64url'))) as Reader
  } catch {
    return undefined
  }
}
