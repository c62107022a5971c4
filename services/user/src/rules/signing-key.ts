import type { KeyObject } from 'node:crypto'
import { accessSecondsMax } from '@repitbot/contracts/trust'

export type PublicJwk = { kid: string; kty: string; crv: string; x: string; y: string; alg: string; use: string }
export type SigningKey = { kid: string; publicJwk: PublicJwk; privateSealed: Buffer; signsFrom: Date }

/** Twice as long as any verifier keeps its copy of the public keys: no verifier gets a token whose key it cannot have yet. */
export const publishedAheadMs = 120_000
/** A key stays published until its last token has expired, and as long again for clocks that differ and processes that still sign with it. */
const publishedAfterMs = 2 * accessSecondsMax * 1000

/** The newest key that may sign already. */
export const currentKey = <K extends Pick<SigningKey, 'signsFrom'>>(keys: K[], now: Date): K | undefined =>
  keys.filter(({ signsFrom }) => signsFrom <= now).sort((a, b) => b.signsFrom.getTime() - a.signsFrom.getTime())[0]

/** Keys by which no token that is still good can be signed: a later key replaced them long enough ago. */
export const expiredKeys = <K extends Pick<SigningKey, 'signsFrom'>>(keys: K[], now: Date): K[] =>
  keys.filter((key) =>
    keys.some((later) => later.signsFrom > key.signsFrom && later.signsFrom.getTime() + publishedAfterMs < now.getTime()),
  )

/** Keys with their private halves unsealed, and when they were read. */
export type Keyring = { keys: OpenKey[]; readAtMs: number }
export type OpenKey = SigningKey & { privateKey: KeyObject | undefined }
