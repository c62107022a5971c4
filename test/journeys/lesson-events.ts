import { randomUUIDv7 } from 'node:crypto'
import type { Deliveries } from './deliveries.ts'

export const hourMs = 3_600_000
/** A Monday, 15:00 in Moscow. */
export const noon = '2026-09-07T12:00:00.000Z'
export const inHours = (hours: number) => new Date(Date.parse(noon) + hours * hourMs).toISOString()

/** Events about a lesson of the tutor with the student of a test world, and deliveries of them to the services. */
export function lessonEvents(world: () => Deliveries['world']) {
  const lesson = (startsAt: string, more: object = {}) => ({
    lessonId: randomUUIDv7(),
    tutorId: world().people.tutor.userId,
    type: 'individual' as const,
    subject: 'Алгебра',
    startsAt,
    minutes: 60,
    zone: 'Europe/Moscow',
    version: 1,
    ...more,
    students: [{ studentId: world().people.student.userId, priceMinor: 150_000, currency: 'RUB' }],
  })
  return {
    lesson,
    async plan(startsAt = inHours(30), more: object = {}) {
      const body = lesson(startsAt, more)
      await world().deliver('lesson.planned', body)
      await world().idle()
      return body
    },
    cancellation: (body: ReturnType<typeof lesson>) => ({
      ...body,
      version: 2,
      cancelledBy: world().people.tutor.userId,
      chargePercent: 0,
      makeUpCredit: false,
    }),
    async levelUp(to: number) {
      await world().deliver('student.level_up', { studentId: world().people.student.userId, from: to - 1, to })
      await world().idle()
    },
  }
}
