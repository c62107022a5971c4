import { queryOptions } from '@tanstack/react-query'
import { students } from '../session.ts'

/** Five weeks of days fill a calendar. */
const days = 35

export const progressOf = (studentId: string) =>
  queryOptions({ queryKey: ['progress', studentId], queryFn: () => students.progress({ studentId, days }) })
export const achievementsOf = (studentId: string) =>
  queryOptions({ queryKey: ['achievements', studentId], queryFn: () => students.achievements({ studentId }) })
