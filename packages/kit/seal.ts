import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

const [ivBytes, tagBytes] = [12, 16]

/** A key for one use, made from a secret that has others. */
export const keyFrom = (secret: string, use: string) => Buffer.from(hkdfSync('sha256', secret, '', use, 32))

/** Encrypts a text (AES-256-GCM) and binds it to `context`; each sealing is another. */
export function seal(key: Buffer, context: string, text: string): Buffer {
  const iv = randomBytes(ivBytes)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(context))
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), sealed])
}

/** Throws when it was sealed by another key, for another context, or altered. */
export function unseal(key: Buffer, context: string, sealed: Buffer): string {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, ivBytes)).setAAD(Buffer.from(context))
  decipher.setAuthTag(sealed.subarray(ivBytes, ivBytes + tagBytes))
  return decipher.update(sealed.subarray(ivBytes + tagBytes), undefined, 'utf8') + decipher.final('utf8')
}

/** Letters between the service that writes them and the one that sends them, by the secret that all services share: no queue or table can read them. */
export function letterSeal(serviceSecret: string) {
  const key = keyFrom(serviceSecret, 'letter')
  return {
    sealed: (id: string, text: string) => seal(key, id, text).toString('base64'),
    opened: (id: string, box: string): string | undefined => {
      try {
        return unseal(key, id, Buffer.from(box, 'base64'))
      } catch {
        return undefined
      }
    },
  }
}
