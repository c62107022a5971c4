import { withContext } from '@repitbot/kit/context'
import { cardOf, type Somebody } from '@repitbot/kit/testing/people'
import { openWorld, type World } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import type { Deps } from '../src/deps.ts'
import { materialiseSeries } from '../src/flows/materialise-series.ts'
import { lessonService } from '../src/service.ts'
import { code, groupPlan, lessonPlan, refusal } from './lesson-requests.ts'

describe('lesson: somebody whose membership is closed or who has another role', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld({ services: [lessonService] })
    world.clock.set('2026-09-07T08:00:00.000Z')
  })
  beforeEach(() => world.clock.set('2026-09-07T08:00:00.000Z'))
  afterEach(() => world.close())
  let version = 1
  /** Publishes the next card of somebody, as the user service does. */
  const changed = async (who: Somebody, more: object) => {
    const person = world.people[who]
    const body = { ...cardOf(who, person), version: ++version, ...more }
    await world.deliver('user.updated', body, { schoolId: person.schoolId })
    await world.idle()
  }
  let hour = 0
  const at = () => new Date(Date.UTC(2026, 8, 8, 8) + hour++ * 7_200_000).toISOString()
  const statusOf = async (lessonId: string) => (await world.as('admin').lessons.get({ lessonId })).status

  it('is in no lesson ahead: their own are cancelled free, in a group the seat is taken out, and what is past stays', async () => {
    const own = await world.as('tutor').lessons.plan(lessonPlan(world, { startsAt: at() }))
    const group = await world.as('tutor').lessons.plan(groupPlan(world, { startsAt: at() }))
    const past = await world.as('tutor').lessons.plan(lessonPlan(world, { startsAt: '2026-09-06T10:00:00.000Z' }))
    await changed('student', { active: false })
    expect(await world.as('admin').lessons.get({ lessonId: own.id })).to.deep.include({ status: 'cancelled_free', version: 2 })
    const left = await world.as('admin').lessons.get({ lessonId: group.id })
    expect(left.status).to.equal('scheduled')
    expect(left.students.map(({ studentId }) => studentId)).to.deep.equal([world.people.sibling.userId])
    expect(await statusOf(past.id)).to.equal('awaiting_confirmation')
    const [told] = (await world.published('lesson.cancelled')).filter(({ body }) => body.lessonId === own.id)
    expect(told?.body).to.include({ chargePercent: 0 })
    const { tutor, sibling } = world.people
    const free = lessonPlan(world, { startsAt: own.startsAt, students: [{ studentId: sibling.userId, priceMinor: 0 }] })
    expect((await world.as('tutor').lessons.plan(free)).tutorId, 'the time is given back').to.equal(tutor.userId)
    await changed('student', { active: true })
  })

  it('is planned no further by the night, and again once the membership is open', async () => {
    const { student } = world.people
    const { id } = await world.as('tutor').series.plan({
      ...{ type: 'individual', subject: 'Maths', minutes: 30, freq: 'daily', at: '21:00', from: '2026-09-08' },
      students: [{ studentId: student.userId, priceMinor: 0 }],
    })
    const scheduled = async () => {
      const { lessons } = await world.as('admin').lessons.list({
        from: '2026-09-08T00:00:00.000Z',
        until: '2027-03-01T00:00:00.000Z',
        studentId: student.userId,
        limit: 500,
      })
      return lessons.filter(({ seriesId, status }) => seriesId === id && status === 'scheduled').length
    }
    expect(await scheduled()).to.be.greaterThan(80)
    await changed('student', { role: 'tutor' })
    expect(await scheduled()).to.equal(0)
    world.clock.set('2026-09-14T08:00:00.000Z')
    const deps = world.services[0]?.deps as Deps
    const night = () => withContext({ correlationId: 'night' }, () => materialiseSeries(deps))
    await night()
    expect(await scheduled()).to.equal(0)
    await changed('student', {})
    await night()
    expect(await scheduled()).to.equal(7)
    await world.as('tutor').series.cancel({ seriesId: id, scope: 'all' })
  })

  it('gives no lesson ahead: those of a closed tutor are cancelled free', async () => {
    const { otherTutor, otherStudent } = world.people
    const students = [{ studentId: otherStudent.userId, priceMinor: 0 }]
    const lesson = await world
      .as('admin')
      .lessons.plan(lessonPlan(world, { startsAt: '2026-09-20T08:00:00.000Z', tutorId: otherTutor.userId, students }))
    await changed('otherTutor', { role: 'admin' })
    expect(await statusOf(lesson.id), 'an admin may teach').to.equal('scheduled')
    await changed('otherTutor', { active: false })
    expect(await statusOf(lesson.id)).to.equal('cancelled_free')
  })

  it('loses nothing by a card that is older than what is known of them', async () => {
    const { sibling } = world.people
    const lesson = await world
      .as('tutor')
      .lessons.plan(lessonPlan(world, { startsAt: '2026-09-21T08:00:00.000Z', students: [{ studentId: sibling.userId, priceMinor: 0 }] }))
    await changed('sibling', { name: 'Newer' })
    await world.deliver(
      'user.updated',
      { ...cardOf('sibling', sibling), active: false, version: version - 1 },
      { schoolId: sibling.schoolId },
    )
    await world.idle()
    expect(await statusOf(lesson.id)).to.equal('scheduled')
  })

  it('is said once to each tutor, with the number of lessons that are off and of those of a group that stand', async () => {
    const { otherStudent, student, tutor, otherTutor } = world.people
    const students = [{ studentId: otherStudent.userId, priceMinor: 0 }]
    const plan = (more: object) => world.as('admin').lessons.plan(lessonPlan(world, { startsAt: at(), students, ...more }))
    for (const _ of [1, 2, 3]) await plan({ tutorId: tutor.userId })
    await plan({ tutorId: tutor.userId, type: 'group', students: [...students, { studentId: student.userId, priceMinor: 0 }] })
    await changed('otherTutor', { active: true })
    await plan({ tutorId: otherTutor.userId })
    const before = (await world.published('lessons.cleared')).length
    const lessonsBefore = (await world.published('lesson.cancelled')).length
    await changed('otherStudent', { active: false })
    const told = (await world.published('lessons.cleared')).slice(before).map(({ body }) => body)
    const about = { personId: otherStudent.userId, name: 'otherStudent', version }
    expect(told).to.have.deep.members([
      { ...about, tutorId: tutor.userId, cancelled: 3, left: 1 },
      { ...about, tutorId: otherTutor.userId, cancelled: 1, left: 0 },
    ])
    const cancelled = (await world.published('lesson.cancelled')).slice(lessonsBefore)
    expect(cancelled.map(({ body }) => body.cleared)).to.deep.equal([true, true, true, true])
    await changed('otherStudent', { active: false })
    expect(await world.published('lessons.cleared'), 'nothing is left to say').to.have.length(before + 2)
    await changed('otherStudent', { active: true })
  })

  it('has no lesson brought back while they are closed, by whichever way, and each of them once they are open', async () => {
    const { lessons, series } = world.as('tutor')
    const [byHand, byUndo, byFamily] = [at(), at(), at()].map((startsAt) => lessonPlan(world, { startsAt }))
    const [first, second] = [await lessons.plan(byHand!), await lessons.plan(byUndo!)]
    const third = await lessons.plan(byFamily!)
    await world.as('parent').familyLessons.cancel({ lessonId: third.id })
    const past = await lessons.plan(lessonPlan(world, { startsAt: '2026-09-05T10:00:00.000Z' }))
    const { id: seriesId } = await series.plan({
      ...{ type: 'individual', subject: 'Maths', minutes: 30, freq: 'weekly', weekdays: [6], at: '21:00', from: '2026-10-01' },
      students: [{ studentId: world.people.student.userId, priceMinor: 0 }],
    })
    const off = await series.cancel({ seriesId, scope: 'all' })
    await changed('student', { active: false })
    const ways = {
      restore: () => lessons.restore({ lessonId: first.id }),
      undo: () => lessons.undo({ lessonId: second.id, version: 2 }),
      family: () => world.as('parent').familyLessons.restore({ lessonId: third.id }),
      series: () => series.undo({ seriesId, version: off.version }),
      move: () => lessons.move({ lessonId: past.id, startsAt: at() }),
    }
    for (const [way, call] of Object.entries(ways)) expect(await refusal(call()), way).to.include({ status: 409, code: 'person_closed' })
    await changed('student', { role: 'parent' })
    expect(await code(ways.restore()), 'nor with another role').to.equal('person_closed')
    await changed('student', { active: true })
    for (const [way, call] of Object.entries(ways)) expect(await call(), way).to.include({ tutorId: world.people.tutor.userId })
    expect(await statusOf(second.id)).to.equal('scheduled')
  })

  it('is left out of a group that is brought back, and a lesson that was held can be brought back to be reported', async () => {
    const { lessons } = world.as('tutor')
    const [one, other] = [
      await lessons.plan(groupPlan(world, { startsAt: at() })),
      await lessons.plan(groupPlan(world, { startsAt: at() })),
    ]
    const past = await lessons.plan(lessonPlan(world, { startsAt: '2026-09-04T10:00:00.000Z' }))
    for (const { id: lessonId } of [one, other, past]) await lessons.cancel({ lessonId })
    await changed('student', { active: false })
    const back = [await lessons.restore({ lessonId: one.id }), await lessons.undo({ lessonId: other.id, version: 2 })]
    for (const { status, students } of back)
      expect([status, students.map(({ studentId }) => studentId)]).to.deep.equal(['scheduled', [world.people.sibling.userId]])
    expect((await lessons.restore({ lessonId: past.id })).status).to.equal('awaiting_confirmation')
    await changed('student', { active: true })
  })
})
