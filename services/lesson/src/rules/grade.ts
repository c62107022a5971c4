import type { Grade, GradeGiven } from '@repitbot/contracts/lesson'

const five = [0, 20, 40, 65, 80, 95]

/** A given grade with what it means from 0 to 100, so that scales can be compared. */
export function toGrade({ scale, value }: GradeGiven): Grade {
  const percent = scale === 'five' ? (five[value] ?? 0) : scale === 'pass' ? value * 100 : value
  return { scale, value, percent, perfect: scale === 'five' ? value === 5 : percent === 100 }
}
