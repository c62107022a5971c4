import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

const [ivBytes, tagBytes] = [12, 16]

/** Derives a key for one use from a secret that has other uses too. */
export const keyFrom = (secret: string, use: string) => Buffer.from(hkdfSync('sha256', secret, '', use, 32))

/** Encrypts a text (AES-256-GCM) and binds it to `context`; the same text gives another result each time. */
export function seal(key: Buffer, context: string, text: string): Buffer {
  const iv = randomBytes(ivBytes)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(context))
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), sealed])
}

/** Decrypts what `seal` returned. Throws when the key or the context differs, or the text was changed. */
export function unseal(key: Buffer, context: string, sealed: Buffer): string {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, ivBytes)).setAAD(Buffer.from(context))
  decipher.setAuthTag(sealed.subarray(ivBytes, ivBytes + tagBytes))
  return decipher.update(sealed.subarray(ivBytes + tagBytes), undefined, 'utf8') + decipher.final('utf8')
}

/** Encrypts letters between the service that writes them and the one that sends them, with a secret that only the two have: no queue or table holds them in plain text. */
export function letterSeal(secret: string) {
  const key = keyFrom(secret, 'letter')
  return {
    seal: (id: string, text: string) => seal(key, id, text).toString('base64'),
    /** Returns undefined when it cannot be decrypted. */
    unseal: (id: string, box: string): string | undefined => {
      try {
        return unseal(key, id, Buffer.from(box, 'base64'))
      } catch {
        return undefined
      }
    },
  }
}
