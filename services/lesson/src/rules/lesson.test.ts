import type { GradeGiven } from '@repitbot/contracts/lesson'
import { expect } from 'chai'
import { anna, at, boris, completed, done, lesson, report, start, tutor } from '../../test/one-lesson.ts'
import { complete } from './complete.ts'
import { correct } from './correct.ts'
import { toGrade } from './grade.ts'
import { move } from './move.ts'
import { reopen } from './reopen.ts'
import { rollCallFaults } from './report.ts'
import { toReply, visibleStatus } from './status.ts'

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

describe('moving a lesson', () => {
  it('keeps the lesson, remembers its first start and says the last', () => {
    const once = done(move(lesson, { startsAt: '2026-09-02T15:00:00+03:00', by: tutor }))
    expect(once.lesson).to.include({ startsAt: '2026-09-02T12:00:00.000Z', movedFrom: start, version: 2 })
    const twice = done(move(once.lesson, { startsAt: '2026-09-03T12:00:00Z', by: tutor }))
    expect(twice.lesson.movedFrom).to.equal(start)
    expect(twice.events[0]?.body).to.include({ movedFrom: '2026-09-02T12:00:00.000Z', movedBy: tutor })
  })
  it('back to its first start leaves it as if it had never moved, and says so', () => {
    const once = done(move(lesson, { startsAt: '2026-09-02T12:00:00Z', by: tutor })).lesson
    const back = done(move(once, { startsAt: start, by: tutor }))
    expect(back.lesson).to.eql({ ...lesson, movedFrom: undefined, version: 3 })
    expect(back.events[0]?.body).to.include({ movedFrom: once.startsAt, startsAt: start, back: true })
    expect(visibleStatus(back.lesson, at(-1))).to.equal('scheduled')
    const elsewhere = done(move(once, { startsAt: '2026-09-03T12:00:00Z', by: tutor }))
    expect(elsewhere.events[0]?.body).to.include({ back: undefined })
  })
  it('by its length alone is no move to another time', () => {
    const longer = done(move(lesson, { startsAt: start, minutes: 90, by: tutor }))
    expect(longer.lesson).to.include({ minutes: 90, movedFrom: undefined })
    expect(longer.events[0]?.body).to.include({ back: undefined, movedFrom: start })
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
