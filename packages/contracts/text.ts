import { z } from 'zod'

/** A letter, digit, sign or emoji; but not one that is drawn as nothing, such as the Hangul filler or the empty Braille cell. */
const isSeen = /(?!\p{Default_Ignorable_Code_Point}|\u2800)[\p{L}\p{N}\p{P}\p{S}]/u
const isOneLine = /^[^\p{Cc}\p{Zl}\p{Zp}]*$/u

/** The name of a thing or a person: one line of 1 to `charactersMax` characters without control characters, of which a reader can see something. */
export const oneLine = (charactersMax: number) =>
  z
    .string()
    .trim()
    .min(1, { abort: true })
    .max(charactersMax)
    .regex(isOneLine, { error: 'Expected one line without control characters' })
    .regex(isSeen, { error: 'Expected something that can be read: it has only characters that are not seen' })
