import { cardOf } from '@repitbot/kit/testing/people'
import { openWorld, type World } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import { lessonService } from '../src/service.ts'
import { lessonPlan, refusal } from './lesson-requests.ts'

describe('lesson: what series will hold beyond the weeks that are planned ahead', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld({ services: [lessonService] })
    world.clock.set('2026-09-01T08:00:00Z')
  })
  afterEach(async () => {
    await world.idle()
    await world.sql(
      'truncate lesson.series, lesson.lesson, lesson.lesson_seat, lesson.hold, lesson.outbox, lesson.lesson_former, lesson.series_former',
    )
  })
  afterEach(() => world.close())

  const plan = (more: object = {}) =>
    world.as('tutor').series.plan({
      ...{ type: 'individual', subject: 'Maths', minutes: 60, freq: 'weekly', weekdays: [1], at: '17:00', from: '2026-09-07' },
      students: [{ studentId: world.people.student.userId, priceMinor: 150_000 }],
      ...more,
    })
  const coming = async (from: string, until: string, who: 'tutor' | 'otherTutor' | 'admin' = 'tutor') =>
    (await world.as(who).series.coming({ from, until })).coming.map(({ startsAt }) => startsAt.slice(0, 16))

  it('begins where the planned lessons end, and keeps the wall time of the series', async () => {
    const { id } = await plan()
    const planned = (await world.as('tutor').lessons.list({ from: '2026-09-01T00:00:00Z', until: '2027-09-01T00:00:00Z' })).lessons
    expect(planned.at(-1)?.startsAt).to.equal('2026-11-23T14:00:00.000Z')
    expect(await coming('2026-11-16T00:00:00Z', '2026-12-14T00:00:00Z')).to.eql(['2026-11-30T14:00', '2026-12-07T14:00'])
    const [first] = (await world.as('tutor').series.coming({ from: '2026-11-30T00:00:00Z', until: '2026-12-01T00:00:00Z' })).coming
    const { student, tutor } = world.people
    expect(first).to.eql({
      ...{ seriesId: id, seriesOn: '2026-11-30', tutorId: tutor.userId, tutorName: first?.tutorName, type: 'individual', subject: 'Maths' },
      ...{ startsAt: '2026-11-30T14:00:00.000Z', minutes: 60 },
      students: [{ studentId: student.userId, name: first?.students[0]?.name }],
    })
  })

  it('has no day that is cancelled or moved already, none after the end, and none out of the span', async () => {
    const { id: seriesId } = await plan({ until: '2027-01-11' })
    const { series } = world.as('tutor')
    await series.cancel({ seriesId, scope: 'this', on: '2026-12-21' })
    await series.change({ seriesId, version: 1, scope: 'this', on: '2026-12-28', date: '2026-12-30' })
    expect(await coming('2026-12-14T14:00:00.000Z', '2027-01-30T00:00:00Z')).to.eql([
      '2026-12-14T14:00',
      '2027-01-04T14:00',
      '2027-01-11T14:00',
    ])
    expect(await coming('2026-12-14T14:00:00.001Z', '2027-01-11T14:00:00.000Z')).to.eql(['2027-01-04T14:00'])
  })

  it('has nothing of a student whose membership is closed', async () => {
    await plan()
    const { student } = world.people
    const { schoolId } = student
    await world.deliver('user.updated', { ...cardOf('student', student), version: 7, active: false }, { schoolId })
    await world.idle()
    expect(await coming('2026-11-30T00:00:00Z', '2026-12-14T00:00:00Z')).to.eql([])
    await world.deliver('user.updated', { ...cardOf('student', student), version: 8 }, { schoolId })
    await world.idle()
    expect(await coming('2026-11-30T00:00:00Z', '2026-12-14T00:00:00Z')).to.have.length(2)
  })

  it("is a tutor's own, and the school's for an admin; a student's alone where one is named", async () => {
    const { sibling, otherStudent, otherTutor } = world.people
    await plan()
    await plan({ at: '19:00', students: [{ studentId: sibling.userId, priceMinor: 0 }] })
    const foreign = { tutorId: otherTutor.userId, at: '12:00', students: [{ studentId: otherStudent.userId, priceMinor: 0 }] }
    await world.as('admin').series.plan({
      ...{ type: 'individual', subject: 'Maths', minutes: 60, freq: 'weekly', weekdays: [1], from: '2026-09-07' },
      ...foreign,
    })
    const week = ['2026-11-30T00:00:00Z', '2026-12-07T00:00:00Z'] as const
    expect(await coming(...week)).to.have.members(['2026-11-30T14:00', '2026-11-30T16:00'])
    expect(await coming(...week, 'otherTutor')).to.eql(['2026-11-30T09:00'])
    expect(await coming(...week, 'admin')).to.have.length(3)
    const [from, until] = week
    const one = await world.as('admin').series.coming({ from, until, studentId: sibling.userId })
    expect(one.coming.map(({ startsAt }) => startsAt)).to.eql(['2026-11-30T16:00:00.000Z'])
    const listed = await world.as('tutor').series.list({ studentId: sibling.userId })
    expect(listed.series.map(({ at }) => at)).to.eql(['19:00'])
    const pages = await world.as('admin').series.coming({ from, until, limit: 2 })
    expect([pages.coming.length, pages.next === null]).to.eql([2, false])
    const rest = await world.as('admin').series.coming({ from, until, limit: 2, after: pages.next ?? undefined })
    expect([rest.coming.length, rest.next]).to.eql([1, null])
  })

  it('is asked of two months at most', async () => {
    const ask = (until: string) => world.as('tutor').series.coming({ from: '2026-12-01T00:00:00Z', until })
    expect((await ask('2027-02-01T00:00:00Z')).coming).to.eql([])
    for (const until of ['2027-02-01T00:00:01Z', '2026-12-01T00:00:00Z'])
      expect((await refusal(ask(until))).errors?.[0]).to.eql({
        field: 'until',
        message: 'Expected an instant after from, at most 62 days later',
      })
  })

  it('gives way to a lesson that is planned in its place: that day is left out', async () => {
    await plan()
    await world.as('tutor').lessons.plan(lessonPlan(world, { startsAt: '2026-11-30T14:30:00.000Z' }))
    world.clock.set('2026-09-10T08:00:00Z')
    expect(await coming('2026-11-30T00:00:00Z', '2026-12-14T00:00:00Z')).to.eql(['2026-12-07T14:00'])
  })
})
