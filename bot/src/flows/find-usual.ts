import { givesLessons } from '@repitbot/contracts/teaching'
import type { MemberContext } from '../feature.ts'
import type { Usual } from '../rules/add-lesson.ts'
import { readAll } from './read-all.ts'

const dayMs = 86_400_000

/** Subject and price of the student's latest lesson, to fill in. An admin plans for the tutor of that lesson, else of the student, else for themself if they teach. */
export async function findUsual({ api, now, role, me }: MemberContext, studentId: string): Promise<Usual> {
  const at = (days: number) => new Date(now.getTime() + days * dayMs).toISOString()
  const lessons = await readAll(async (after) => {
    const page = await api.lessons.list({ from: at(-90), until: at(90), studentId, after, limit: 500 })
    return { items: page.lessons, next: page.next }
  })
  const last = lessons.findLast(({ type, status }) => type === 'individual' && !status.startsWith('cancelled'))
  const tutors = role === 'admin' ? (await api.people.links({ overId: studentId })).filter(({ as }) => as === 'tutor') : []
  const seat = last?.students.find((one) => one.studentId === studentId)
  return {
    subject: last?.subject,
    priceMinor: seat?.priceMinor,
    currency: seat?.currency,
    tutorId: role === 'admin' ? (last?.tutorId ?? tutors[0]?.holderId ?? (givesLessons(me.card) ? me.userId : undefined)) : undefined,
  }
}
