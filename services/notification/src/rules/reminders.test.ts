import { InstantText, ZoneText } from '@repitbot/contracts/events'
import { expect } from 'chai'
import { noticeRows } from './notices.ts'
import { isDue, type Lesson, reminderAbouts, remindersToRequest } from './reminders.ts'

const lesson: Lesson = {
  id: 'lesson',
  schoolId: 'school',
  version: 1,
  subject: 'Algebra',
  startsAt: InstantText.parse('2025-11-03T14:00:00.000Z'),
  minutes: 60,
  zone: ZoneText.parse('Europe/Moscow'),
  videoUrl: null,
  students: ['masha', 'petya'],
  scheduled: true,
  tutorId: null,
  correlationId: 'request',
}
const before = (hours: number) => new Date(Date.parse(lesson.startsAt) - hours * 3_600_000)
const requested = (now: Date, late = false, of = lesson) =>
  remindersToRequest(of, now, late).map(({ reminder, at }) => [reminder.code, (Date.parse(of.startsAt) - at.getTime()) / 3_600_000])

describe('reminders', () => {
  it('are requested 24 hours and 1 hour before a lesson of the next two days', () => {
    expect(requested(before(30))).to.deep.equal([
      ['lesson_reminder_24h', 24],
      ['lesson_reminder_1h', 1],
    ])
    expect(requested(before(49))).to.deep.equal([])
    expect(requested(before(-1))).to.deep.equal([])
    expect(requested(before(30), false, { ...lesson, scheduled: false })).to.deep.equal([])
  })

  it('are not requested when their time passed before the lesson was planned, unless the sweep is late', () => {
    expect(requested(before(20))).to.deep.equal([['lesson_reminder_1h', 1]])
    expect(requested(before(20), true)).to.have.length(2)
    expect(requested(before(10), true)).to.deep.equal([['lesson_reminder_1h', 1]])
  })

  it('are due at their time and for a while after it, never once the lesson has begun, and an hour ahead only while about an hour is left', () => {
    const day = noticeRows.find(([code]) => code === 'lesson_reminder_24h')?.[1].ahead
    const hour = noticeRows.find(([code]) => code === 'lesson_reminder_1h')?.[1].ahead
    expect([25, 24, 13, 11].map((hours) => isDue(day!, lesson, before(hours)))).to.deep.equal([false, true, true, false])
    expect([2, 1, 0.85, 0.8, 0, -1].map((hours) => isDue(hour!, lesson, before(hours)))).to.deep.equal([
      false,
      true,
      true,
      false,
      false,
      false,
    ])
    expect(isDue(day!, { ...lesson, scheduled: false }, before(24))).to.equal(false)
  })

  it('end with the start of the lesson', () => {
    expect(reminderAbouts(lesson).map(({ studentId, expiresAt }) => [studentId, expiresAt])).to.deep.equal([
      ['masha', lesson.startsAt],
      ['petya', lesson.startsAt],
    ])
  })
})
