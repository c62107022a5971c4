import { expect } from 'chai'
import { awaitInput, type Report, reportOf, takeGrade, takeText, toRequest, turnAttendance } from './report.ts'

const seat = { studentId: 'a', name: 'Anna', priceMinor: 1, currency: 'RUB' }
const lesson = (more: object) => ({ id: 'l', version: 3, status: 'scheduled', students: [seat], ...more }) as never
const report = (more: object = {}): Report => reportOf(lesson(more))

describe('a report made in the chat', () => {
  it('begins with everybody there, and a correction with the present report', () => {
    expect(report()).to.deep.include({ correcting: false, version: 3, seats: [{ studentId: 'a', name: 'Anna', attendance: 'attended' }] })
    const grade = { scale: 'five', value: 4, percent: 80, perfect: false }
    const completed = {
      status: 'completed',
      topic: 'Fractions',
      privateNote: 'shy',
      students: [{ ...seat, attendance: 'attended', minutes: 45, grade }],
    }
    expect(JSON.stringify(report(completed)), 'the form is stored, and the private note not with it').not.to.include('shy')
    expect(toRequest(report(completed), { privateNote: 'shy' })).to.deep.equal({
      topic: 'Fractions',
      note: undefined,
      privateNote: 'shy',
      students: [{ studentId: 'a', attendance: 'attended', minutes: 45, grade: { scale: 'five', value: 4 } }],
    })
  })

  it('changes attendance in turn, and an absent student has no grade', () => {
    const graded = takeGrade(awaitInput(report(), { gradeOf: 0 }), 5) as Report
    expect(graded.seats[0]?.grade).to.deep.equal({ scale: 'five', value: 5 })
    const excused = turnAttendance(graded, 0) as Report
    expect(excused.seats[0]).to.deep.equal({ studentId: 'a', name: 'Anna', attendance: 'excused' })
    const round = turnAttendance(turnAttendance(excused, 0) as Report, 0) as Report
    expect(round.seats[0]?.attendance).to.equal('attended')
    expect(turnAttendance(report(), 7)).to.equal('choose')
  })

  it('takes a text only when one is awaited, and within its bound', () => {
    expect(takeText(report(), 'hello')).to.equal(undefined)
    expect(takeText(awaitInput(report(), 'topic'), 'a'.repeat(201))).to.equal('topic_form')
    expect(takeText(awaitInput(report(), 'note'), 'a'.repeat(2001))).to.equal('note_form')
    expect(takeText(awaitInput(report(), 'topic'), 'Fractions')).to.deep.include({ topic: 'Fractions', awaits: undefined })
    expect(takeGrade(awaitInput(report(), { gradeOf: 0 }), 6)).to.equal('choose')
  })
})
