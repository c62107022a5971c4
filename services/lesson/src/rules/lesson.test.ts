import { events } from '@repitbot/contracts/events'
import type { GradeGiven, LessonReport } from '@repitbot/contracts/lesson'
import { expect } from 'chai'
import { cancel, defaultPolicy, waive } from './cancel.ts'
import { complete } from './complete.ts'
import { correct } from './correct.ts'
import { toGrade } from './grade.ts'
import type { Lesson, Outcome } from './lesson.ts'
import { move } from './move.ts'
import { reopen } from './reopen.ts'
import { rollCallFaults } from './report.ts'
import { toReply, visibleStatus } from './status.ts'

const [tutor, anna, boris] = [1, 2, 3].map((n) => `0190a000-0000-7000-8000-00000000000${n}`) as [string, string, string]
const start = '2026-09-01T14:00:00.000Z'
const lesson: Lesson = {
  id: '0190a000-0000-7000-8000-000000000009',
  tutorId: tutor,
  tutorName: 'T',
  type: 'group',
  subject: 'Maths',
  startsAt: start,
  minutes: 60,
  zone: 'Europe/Moscow',
  status: 'scheduled',
  version: 1,
  students: [
    { studentId: anna, name: 'A', priceMinor: 150_000, currency: 'RUB' },
    { studentId: boris, name: 'B', priceMinor: 120_000, currency: 'RUB' },
  ],
}
const alone: Lesson = { ...lesson, type: 'individual', students: lesson.students.slice(0, 1) }
const report: LessonReport = {
  topic: 'Fractions',
  note: 'Well done',
  students: [
    { studentId: anna, attendance: 'attended', grade: { scale: 'five', value: 5 } },
    { studentId: boris, attendance: 'excused' },
  ],
}
const at = (offsetHours: number) => new Date(Date.parse(start) + offsetHours * 3_600_000)
function done(outcome: Outcome | string): Outcome {
  if (typeof outcome === 'string') throw new Error(outcome)
  for (const { name, body } of outcome.events) events[name].body.strict().parse(JSON.parse(JSON.stringify(body)))
  return outcome
}
const completed = done(complete(lesson, report, at(1))).lesson

describe('completing a lesson', () => {
  it('says what became of each student, at the price it was planned for, held at its start', () => {
    const { lesson: after, events } = done(complete(lesson, report, at(30)))
    expect(after).to.include({ status: 'completed', version: 2, topic: 'Fractions' })
    expect(events).to.have.length(1)
    expect(events[0]?.body).to.deep.include({ heldAt: start, version: 2 })
    expect((events[0] as { body: { students: unknown } }).body.students).to.eql([
      {
        studentId: anna,
        priceMinor: 150_000,
        currency: 'RUB',
        attendance: 'attended',
        minutes: 60,
        grade: { scale: 'five', value: 5, percent: 95, perfect: true },
      },
      { studentId: boris, priceMinor: 120_000, currency: 'RUB', attendance: 'excused', minutes: 0, grade: undefined },
    ])
  })
  it('is refused before its start', () => expect(complete(lesson, report, at(-0.01))).to.equal('not_started'))
  it('with the same report again says nothing', () =>
    expect(done(complete(completed, report, at(2)))).to.eql({ lesson: completed, events: [] }))
  it('with another report is refused', () =>
    expect(complete(completed, { ...report, topic: 'Other' }, at(2))).to.equal('already_completed'))
  it('after a cancellation is refused', () =>
    expect(complete({ ...lesson, status: 'cancelled_free' }, report, at(2))).to.equal('already_cancelled'))
  it('as a no-show is a completion with everybody unexcused', () => {
    const absent = report.students.map(({ studentId }) => ({ studentId, attendance: 'unexcused' as const }))
    const { lesson: after, events } = done(complete(lesson, { students: absent }, at(1)))
    expect(after.status).to.equal('completed')
    expect(events.map(({ name }) => name)).to.eql(['lesson.completed'])
  })
  it('names every student of the lesson and no other, and grades only those who came', () => {
    const faults = rollCallFaults(lesson, {
      students: [
        { studentId: tutor, attendance: 'attended' },
        { studentId: anna, attendance: 'excused', grade: { scale: 'pass', value: 1 } },
      ],
    })
    expect(faults.map(({ field }) => field)).to.eql(['students.0.studentId', 'students.1.grade', 'students'])
    expect(rollCallFaults(lesson, report)).to.eql([])
  })
})

describe('a grade', () => {
  const percents: [GradeGiven, number, boolean][] = [
    [{ scale: 'five', value: 5 }, 95, true],
    [{ scale: 'five', value: 4 }, 80, false],
    [{ scale: 'five', value: 3 }, 65, false],
    [{ scale: 'five', value: 2 }, 40, false],
    [{ scale: 'five', value: 1 }, 20, false],
    [{ scale: 'percent', value: 100 }, 100, true],
    [{ scale: 'hundred', value: 99 }, 99, false],
    [{ scale: 'pass', value: 1 }, 100, true],
    [{ scale: 'pass', value: 0 }, 0, false],
  ]
  for (const [given, percent, perfect] of percents)
    it(`of ${given.value} on ${given.scale} is ${percent} of 100`, () => expect(toGrade(given)).to.eql({ ...given, percent, perfect }))
})

describe('a report', () => {
  it('is corrected as a whole, one version on', () => {
    const { lesson: after, events } = done(correct(completed, { ...report, note: undefined }))
    expect(after.note).to.equal(undefined)
    expect([events[0]?.name, after.version]).to.eql(['lesson.corrected', 3])
  })
  it('corrected to what it is says nothing', () => expect(done(correct(completed, report)).events).to.eql([]))
  it('that is not there is not corrected', () => expect(correct(lesson, report)).to.equal('not_completed'))
  it('taken back leaves the lesson to be reported again', () => {
    const { lesson: after, events } = done(reopen(completed))
    expect(after.students).to.eql(lesson.students)
    expect([after.status, after.version, events[0]?.name]).to.eql(['scheduled', 3, 'lesson.reopened'])
    expect(done(complete(after, report, at(3))).lesson.version).to.equal(4)
  })
  it('that is not there is not taken back', () => expect(reopen(lesson)).to.equal('not_completed'))
})

describe('calling a lesson off', () => {
  const family = { by: anna, policy: defaultPolicy }
  it('by the tutor is free at any time, with a make-up credit if given', () => {
    const { lesson: after, events } = done(cancel(lesson, { by: tutor, makeUpCredit: true }, at(1)))
    expect(after.status).to.equal('cancelled_free')
    expect(events[0]?.body).to.include({ chargePercent: 0, makeUpCredit: true, cancelledBy: tutor })
  })
  it('by the family is free up to the notice, and charged from there on', () => {
    expect(done(cancel(alone, family, at(-24))).lesson.status).to.equal('cancelled_free')
    const late = done(cancel(alone, family, at(-23.99)))
    expect(late.lesson.status).to.equal('cancelled_chargeable')
    expect(late.events[0]?.body).to.include({ chargePercent: 100 })
  })
  it('late is free where the school charges nothing', () =>
    expect(done(cancel(alone, { by: anna, policy: { noticeHours: 24, lateChargePercent: 0 } }, at(-1))).lesson.status).to.equal(
      'cancelled_free',
    ))
  it('by the family is refused from its start, and in a group', () => {
    expect(cancel(alone, family, at(0))).to.equal('already_started')
    expect(cancel(lesson, family, at(-48))).to.equal('group_lesson')
  })
  it('twice is refused, and after the report', () => {
    expect(cancel({ ...lesson, status: 'cancelled_free' }, { by: tutor }, at(-1))).to.equal('already_cancelled')
    expect(cancel(completed, { by: tutor }, at(2))).to.equal('already_completed')
  })
  it('too late can be waived for seven days, once', () => {
    const late = done(cancel(alone, family, at(-1))).lesson
    const waived = done(waive(late, at(-1 + 7 * 24)))
    expect(waived.lesson).to.include({ status: 'cancelled_free', version: 3 })
    expect(waived.events[0]?.body).to.include({ chargePercent: 0, waived: true, cancelledBy: anna })
    expect(waive(waived.lesson, at(0))).to.equal('nothing_to_waive')
    expect(waive(late, at(-0.99 + 7 * 24))).to.equal('too_late_to_waive')
  })
})

describe('moving a lesson', () => {
  it('keeps the lesson, remembers its first start and says the last', () => {
    const once = done(move(lesson, { startsAt: '2026-09-02T15:00:00+03:00', by: tutor }))
    expect(once.lesson).to.include({ startsAt: '2026-09-02T12:00:00.000Z', movedFrom: start, version: 2 })
    const twice = done(move(once.lesson, { startsAt: '2026-09-03T12:00:00Z', by: tutor }))
    expect(twice.lesson.movedFrom).to.equal(start)
    expect(twice.events[0]?.body).to.include({ movedFrom: '2026-09-02T12:00:00.000Z', movedBy: tutor })
  })
  it('to where it is says nothing', () => expect(done(move(lesson, { startsAt: start, by: tutor })).events).to.eql([]))
  it('after the report or a cancellation is refused', () => {
    expect(move(completed, { startsAt: start, by: tutor })).to.equal('already_completed')
    expect(move({ ...lesson, status: 'cancelled_free' }, { startsAt: start, by: tutor })).to.equal('already_cancelled')
  })
})

describe('the status people see', () => {
  it('follows from the time and the moves', () => {
    expect(visibleStatus(lesson, at(0.99))).to.equal('scheduled')
    expect(visibleStatus(lesson, at(1))).to.equal('awaiting_confirmation')
    expect(visibleStatus({ ...lesson, movedFrom: start }, at(-1))).to.equal('rescheduled')
    expect(toReply(completed, at(5)).status).to.equal('completed')
  })
})
