import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto'

/** A key for each use, all derived from the one secret of the environment, so that none can be used for another purpose. */
export type Secrets = { refresh: Buffer; hash: Buffer; seal: Buffer }

export const secretsFrom = (secret: string): Secrets => ({
  refresh: derive(secret, 'refresh'),
  hash: derive(secret, 'hash'),
  seal: derive(secret, 'seal'),
})
const derive = (secret: string, use: string) => Buffer.from(hkdfSync('sha256', secret, 'repitbot', use, 32))

/** What is stored of a token or code. Keyed, because a pairing code is short enough to be guessed from a plain hash. */
export const hashOf = ({ hash }: Secrets, use: 'token' | 'code' | 'attempt', value: string) =>
  createHmac('sha256', hash).update(`${use}:${value}`).digest()

const ivBytes = 12
const tagBytes = 16

/** Encrypts and binds to `context` (AES-256-GCM); `iv` is 12 random bytes, never used twice. */
export function seal({ seal: key }: Secrets, context: string, plain: string, iv: Buffer): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(context))
  const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), body])
}

/** The plain text, or undefined when it was sealed with another secret, for another context, or altered. */
export function unseal({ seal: key }: Secrets, context: string, box: Buffer): string | undefined {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, box.subarray(0, ivBytes)).setAAD(Buffer.from(context))
    decipher.setAuthTag(box.subarray(ivBytes, ivBytes + tagBytes))
    return Buffer.concat([decipher.update(box.subarray(ivBytes + tagBytes)), decipher.final()]).toString('utf8')
  } catch {
    return undefined
  }
}
