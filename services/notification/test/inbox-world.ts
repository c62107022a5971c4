import { randomUUIDv7 } from 'node:crypto'
import type { NewEvent } from '@repitbot/contracts/events'
import { openWorld, type World } from '@repitbot/kit/testing/world'
import { notificationService } from '../src/service.ts'

export type Body<N extends NewEvent['name']> = Extract<NewEvent, { name: N }>['body']
type Who = Parameters<World['as']>[0]
export const now = '2025-11-03T12:00:00.000Z'
const ahead = '2025-11-06T14:00:00.000Z'

/** A world with the notification service alone, and the events and reads that tests of the inbox share. */
export async function openInboxWorld() {
  const world = await openWorld({ services: [notificationService] })
  const seat = (who: 'student' | 'sibling' | 'otherStudent') => ({
    studentId: world.people[who].userId,
    priceMinor: 150_000,
    currency: 'RUB',
  })
  const lesson = () => ({
    lessonId: randomUUIDv7(),
    tutorId: world.people.tutor.userId,
    type: 'individual' as const,
    subject: 'Алгебра',
    startsAt: ahead,
    minutes: 60,
    zone: 'Europe/Moscow',
    version: 1,
    students: [seat('student')],
  })
  const held = (more: Partial<Body<'lesson.completed'>> = {}): Body<'lesson.completed'> => ({
    ...lesson(),
    startsAt: '2025-11-03T10:00:00.000Z',
    heldAt: '2025-11-03T10:00:00.000Z',
    topic: 'Дроби',
    students: [{ ...seat('student'), attendance: 'attended', minutes: 60, grade: { scale: 'five', value: 5, percent: 95, perfect: true } }],
    ...more,
  })
  const inbox = async (who: Who) => (await world.as(who).inbox.list({})).notices
  const codes = async (who: Who) => (await inbox(who)).map(({ code }) => code)
  const empty = async () => {
    await world.sql('truncate notification.notice, notification.delivery, notification.lesson, notification.lesson_xp')
    world.clock.set(now)
  }
  return { world, seat, lesson, held, inbox, codes, empty }
}
export type InboxWorld = Awaited<ReturnType<typeof openInboxWorld>>
