import { createHash } from 'node:crypto'
import { cyrillicPassword, cyrillicRows } from '@repitbot/contracts/texts/cyrillic'
import { knownPasswords } from './known-passwords.ts'

const bytesEach = 4
const common = new Set(Array.from(Buffer.from(knownPasswords, 'base64').toString('hex').match(/.{8}/g) ?? []))
const isCommon = (text: string) =>
  common.has(
    createHash('sha256')
      .update(text)
      .digest('hex')
      .slice(0, bytesEach * 2),
  )

/** What stands in a row on a keyboard or in an alphabet; the digits and letters of a row go on from its beginning. */
const rows = [...cyrillicRows, ...['1234567890123456789', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'abcdefghijklmnopqrstuvwxyz']].flatMap(
  (row) => [row, [...row].reverse().join('')],
)
/** So many pieces of rows, or of one character again and again, make a weak password. */
const piecesMax = 3
const differentMin = 5
/** So many characters that are no digits have to be left beside the person's own words. */
const otherMin = 5
const ownMin = 4

/**
 * Whether a password is among the first that are tried: a common one or a common word with digits, a few characters again and again, rows of the
 * keyboard, or the person's own words (e-mail, name, school) and little else.
 */
export function isWeakPassword(password: string, own: string[]): boolean {
  const text = password.normalize('NFKC').toLowerCase()
  const word = text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  if (isCommon(text) || isCommon(word) || new Set(text).size < differentMin || piecesOf(text) <= piecesMax) return true
  // What stands after the @ is a mail server's, and many people share it.
  const ownWords = own.map((one) => one.replace(/@.*$/, ''))
  const words = [...own, ...ownWords, 'repitbot', 'password', cyrillicPassword].flatMap((one) =>
    one.includes('@') ? [one] : [one, ...one.split(/[^\p{L}\p{N}]+/u)],
  )
  const known = words.map((one) => one.normalize('NFKC').toLowerCase()).filter(({ length }) => length >= ownMin)
  if (known.some((one) => one.startsWith(text))) return true
  const rest = known.toSorted((a, b) => b.length - a.length).reduce((left, one) => left.replaceAll(one, ''), text)
  return rest !== text && rest.replace(/\d/g, '').length < otherMin
}

/** In how many pieces a text falls, each of which is as long a part of a row, or one character repeated, as there is. */
function piecesOf(text: string): number {
  let pieces = 0
  for (let at = 0; at < text.length; pieces++) at += pieceLength(text.slice(at))
  return pieces
}

function pieceLength(text: string): number {
  let length = 1
  const isPiece = (piece: string) => rows.some((row) => row.includes(piece)) || piece === piece.charAt(0).repeat(piece.length)
  while (length < text.length && isPiece(text.slice(0, length + 1))) length++
  return length
}
