import { keyFrom, seal, unseal } from '@repitbot/kit/seal'
import type { SealedNote } from '../rules/lesson.ts'

/**
 * The first byte is the number of the key. A note is opened by the key that it was sealed with, so a key can be added, and a later one
 * takes the next number. Key 1 is that of an installation without a secret for notes.
 */
const [ofService, ofNotes] = [1, 2]
const use = 'private note'
type Secrets = { SERVICE_SECRET: string; NOTE_SECRET?: string | undefined }

/** Seals and opens the private notes of lessons. */
export function noteSeal({ SERVICE_SECRET, NOTE_SECRET }: Secrets) {
  const keys = new Map([[ofService, keyFrom(SERVICE_SECRET, use)]])
  if (NOTE_SECRET) keys.set(ofNotes, keyFrom(NOTE_SECRET, use))
  const newest = NOTE_SECRET ? ofNotes : ofService
  const sealed = (lessonId: string, text: string): SealedNote => {
    const box = seal(keys.get(newest) as Buffer, lessonId, text)
    return `\\x${Buffer.concat([Buffer.of(newest), box]).toString('hex')}`
  }
  /** Undefined when it was sealed with another secret or for another lesson. */
  const open = (lessonId: string, note: SealedNote): string | undefined => {
    const box = Buffer.from(note.slice(2), 'hex')
    const key = keys.get(box[0] ?? 0)
    try {
      return key && unseal(key, lessonId, box.subarray(1))
    } catch {
      return undefined
    }
  }
  return {
    seal: sealed,
    open,
    hasOwnSecret: newest === ofNotes,
    /** The note of a report. The same text stays the same note; one that cannot be opened is never lost to a report without one. */
    next(lessonId: string, before: SealedNote | undefined, text: string | undefined): SealedNote | undefined {
      const known = before && open(lessonId, before)
      if (text === undefined) return known === undefined ? before : undefined
      return before && known === text ? before : sealed(lessonId, text)
    },
  }
}
export type NoteSeal = ReturnType<typeof noteSeal>
