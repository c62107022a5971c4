import { z } from 'zod'

export const LessonType = z.enum(['trial', 'individual', 'group', 'intensive', 'mock_exam', 'make_up'])
export type LessonType = z.output<typeof LessonType>
export const Attendance = z.enum(['attended', 'excused', 'unexcused'])
export type Attendance = z.output<typeof Attendance>
/** A grade on its own scale, and the same from 0 to 100; `perfect` is a 5 of five or 100 on any other scale. */
export const Grade = z.object({ scale: z.enum(['five', 'percent', 'hundred', 'pass']), value: z.number(), percent: z.int().min(0).max(100), perfect: z.boolean() })
export type Grade = z.output<typeof Grade>
