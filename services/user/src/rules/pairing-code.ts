import { cyrillicLookalikes } from '@repitbot/contracts/texts/cyrillic'

/** Letters and digits that are not mistaken for one another when read aloud or copied by hand. */
const letters = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const length = 8
/** The greatest multiple of the alphabet's size in a byte; bytes above it would make the first letters more likely. */
const fair = 256 - (256 % letters.length)

/** A code such as 7KQM-2XWP from random bytes; undefined when too many of them had to be skipped. */
export function pairingCode(random: Uint8Array): string | undefined {
  const chosen = [...random].filter((byte) => byte < fair).slice(0, length)
  if (chosen.length < length) return undefined
  const code = chosen.map((byte) => letters[byte % letters.length]).join('')
  return `${code.slice(0, 4)}-${code.slice(4)}`
}

/**
 * The code in the form it was made in: small letters, Cyrillic look-alikes, spaces and dashes do not matter. Any other letter stays, so that what
 * was mistyped is never the code of somebody else.
 */
export const normalizeCode = (typed: string) =>
  [...typed.normalize('NFKC').toUpperCase()]
    .map((letter) => cyrillicLookalikes[letter] ?? letter)
    .join('')
    .replace(/[\s\p{Pd}]/gu, '')
    .replace(/^(.{4})/u, '$1-')
