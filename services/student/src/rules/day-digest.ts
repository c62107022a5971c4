import type { Day } from './student.ts'

const entry = /([aeu])(\d*)/g

export const attendedOf = ({ digest }: Day): number => count(digest, 'a')
/** Lessons held without the student; a pause forgives them. */
export const absencesOf = ({ digest, kind }: Day): number => (kind === 'paused' ? 0 : count(digest, 'e') + count(digest, 'u'))

/** Every lesson of these days in the order held: whether the student was there, and the grade's percent if there was one. */
export const lessonsOf = (days: readonly Day[]): { attended: boolean; percent: number | null }[] =>
  days.flatMap(({ digest, kind }) =>
    [...digest.matchAll(entry)]
      .map(([, letter, percent]) => ({ attended: letter === 'a', percent: percent ? Number(percent) : null }))
      .filter(({ attended }) => attended || kind !== 'paused'),
  )

function count(digest: string, letter: string): number {
  let found = 0
  for (let index = digest.indexOf(letter); index >= 0; index = digest.indexOf(letter, index + 1)) found += 1
  return found
}
