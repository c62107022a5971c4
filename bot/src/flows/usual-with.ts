import type { Signed } from '../feature.ts'
import type { Draft } from '../rules/add-lesson.ts'

const dayMs = 86_400_000

/** What is usual with a student, from the latest lesson planned: it is filled in and can be changed. An admin plans for the student's tutor. */
export async function usualWith({ ask, now, role }: Signed, studentId: string): Promise<Pick<Draft, 'subject' | 'priceMinor' | 'tutorId'>> {
  const at = (days: number) => new Date(now.getTime() + days * dayMs).toISOString()
  const { lessons } = await ask.lessons.list({ from: at(-90), until: at(90), studentId })
  const last = lessons.findLast(({ type, status }) => type === 'individual' && !status.startsWith('cancelled'))
  const tutors = role === 'admin' ? (await ask.people.links({ overId: studentId })).filter(({ as }) => as === 'tutor') : []
  return {
    subject: last?.subject,
    priceMinor: last?.students.find((seat) => seat.studentId === studentId)?.priceMinor,
    tutorId: role === 'admin' ? (last?.tutorId ?? tutors[0]?.holderId) : undefined,
  }
}
