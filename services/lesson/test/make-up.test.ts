import { openWorld, type World } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import { lessonService } from '../src/service.ts'
import { code, groupPlan, lessonPlan } from './lesson-requests.ts'

describe('lesson: a promised lesson', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld({ services: [lessonService] })
    world.clock.set('2026-09-07T08:00:00.000Z')
  })
  afterEach(() => world.close())
  let hour = 0
  const startsAt = () => new Date(Date.UTC(2026, 8, 8, 8) + hour++ * 7_200_000).toISOString()
  const lessons = () => world.as('tutor').lessons
  const plan = (more: object = {}) => lessons().plan(lessonPlan(world, { startsAt: startsAt(), ...more }))
  /** A cancelled lesson; another one is promised for it unless said otherwise. */
  const cancelled = async (makeUpCredit = true, more: object = {}) => {
    const { id } = await plan(more)
    return lessons().cancel({ lessonId: id, makeUpCredit })
  }
  const span = { from: '2026-09-01T00:00:00Z', until: '2027-09-01T00:00:00Z', state: 'make_up_owed' as const }
  const owed = async (studentId?: string) => (await lessons().list({ ...span, studentId })).lessons.map(({ id }) => id)

  it('is owed until one is planned for it, and again when that one is cancelled', async () => {
    const { student, sibling } = world.people
    await cancelled(false)
    const { id, startsAt: was } = await cancelled()
    expect([await owed(), await owed(student.userId), await owed(sibling.userId)]).to.eql([[id], [id], []])
    const family = await world.as('parent').familyLessons.list(span)
    expect(family.lessons.map((lesson) => [lesson.id, lesson.cancellation?.makeUpCredit])).to.eql([[id, true]])
    const made = await plan({ makeUpOf: id, type: 'make_up' })
    expect([made.makeUpOf, await owed()]).to.eql([id, []])
    const kept = await world.as('parent').familyLessons.get({ lessonId: id })
    expect([kept.startsAt, kept.students[0]?.madeUpBy]).to.eql([was, made.id])
    expect(await code(plan({ makeUpOf: id })), 'a second one').to.equal('no_make_up_owed')
    await lessons().cancel({ lessonId: made.id })
    expect(await owed()).to.eql([id])
    await lessons().restore({ lessonId: id })
    expect(await owed(), 'of a lesson that takes place after all').to.eql([])
  })

  it('is owed to each student of a group', async () => {
    const { student, sibling } = world.people
    const { id } = await lessons().plan(groupPlan(world, { startsAt: startsAt() }))
    await lessons().cancel({ lessonId: id, makeUpCredit: true })
    await plan({ makeUpOf: id })
    expect([await owed(student.userId), await owed(sibling.userId)]).to.eql([[], [id]])
    expect(await code(plan({ makeUpOf: id })), 'the same student').to.equal('no_make_up_owed')
    await plan({ makeUpOf: id, students: [{ studentId: sibling.userId, priceMinor: 0 }] })
    expect(await owed()).to.eql([])
  })

  it('is planned for a lesson of the caller, for which one was promised to these students', async () => {
    const { id } = await cancelled(false)
    expect(await code(plan({ makeUpOf: id })), 'nothing promised').to.equal('no_make_up_owed')
    const ahead = await plan()
    expect(await code(plan({ makeUpOf: ahead.id })), 'not cancelled').to.equal('no_make_up_owed')
    const promised = await cancelled()
    const students = [{ studentId: world.people.sibling.userId, priceMinor: 0 }]
    expect(await code(plan({ makeUpOf: promised.id, students })), 'another student').to.equal('no_make_up_owed')
    const { otherStudent } = world.people
    const foreign = { makeUpOf: promised.id, startsAt: startsAt(), students: [{ studentId: otherStudent.userId, priceMinor: 0 }] }
    expect(await code(world.as('otherTutor').lessons.plan(lessonPlan(world, foreign)))).to.equal('not_found')
  })

  it('is planned once, however many plans come at the same time', async () => {
    const { id } = await cancelled()
    const plans = await Promise.allSettled([...Array(6)].map(() => plan({ makeUpOf: id })))
    expect(plans.filter(({ status }) => status === 'fulfilled')).to.have.length(1)
  })
})
