import { long, short } from './taps.ts'

const undoMsMax = 5 * 60_000

/** The id in the data of an undo button: the thing, its version, and when it was done; it fits in 64 bytes. */
export const undoId = (id: string, version: number, at: Date): string =>
  `${short(id)}.${version.toString(36)}.${Math.floor(at.getTime() / 1000).toString(36)}`

export function readUndo(text: string, now: Date): { id: string; version: number; inTime: boolean } {
  const [id = '', version = '', at = ''] = text.split('.')
  return { id: long(id), version: Number.parseInt(version, 36), inTime: now.getTime() - Number.parseInt(at, 36) * 1000 <= undoMsMax }
}
