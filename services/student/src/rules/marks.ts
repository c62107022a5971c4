import type { Day } from './student.ts'

const mark = /([aeu])(\d*)/g

export const attendedOf = ({ marks }: Day): number => count(marks, 'a')
/** Lessons held without the student; a pause forgives them. */
export const absencesOf = ({ marks, kind }: Day): number => (kind === 'paused' ? 0 : count(marks, 'e') + count(marks, 'u'))

/** Every lesson of these days in the order held: whether the student was there, and the grade's percent if there was one. */
export const lessonsOf = (days: readonly Day[]): { attended: boolean; percent: number | null }[] =>
  days.flatMap(({ marks, kind }) =>
    [...marks.matchAll(mark)]
      .map(([, letter, percent]) => ({ attended: letter === 'a', percent: percent ? Number(percent) : null }))
      .filter(({ attended }) => attended || kind !== 'paused'),
  )

function count(marks: string, letter: string): number {
  let found = 0
  for (let index = marks.indexOf(letter); index >= 0; index = marks.indexOf(letter, index + 1)) found += 1
  return found
}
