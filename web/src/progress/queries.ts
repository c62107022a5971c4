import { queryOptions } from '@tanstack/react-query'
import { api } from '../clients.ts'

/** How many days the calendar covers: five weeks. */
const days = 35

export const progressOf = (studentId: string) =>
  queryOptions({ queryKey: ['progress', studentId], queryFn: () => api.students.progress({ studentId, days }) })
export const achievementsOf = (studentId: string) =>
  queryOptions({ queryKey: ['achievements', studentId], queryFn: () => api.students.achievements({ studentId }) })
