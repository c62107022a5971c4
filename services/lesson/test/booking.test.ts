import { openWorld, type World } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import { lessonService } from '../src/service.ts'
import { groupPlan, lessonPlan, refusal } from './lesson-requests.ts'

describe('lesson: double booking', () => {
  let world: World
  before(async () => {
    world = await openWorld({ services: [lessonService] })
    world.clock.set('2026-09-01T08:00:00Z')
  })
  after(() => world.close())

  it('of 200 plans of one slot at once exactly one wins, and the others are told by what', async () => {
    const tutor = world.as('tutor')
    const outcomes = await Promise.allSettled(Array.from({ length: 200 }, () => tutor.lessons.plan(lessonPlan(world))))
    const won = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
    expect(won).to.have.length(1)
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') {
        const { status, code, with: facts } = await refusal(Promise.reject(outcome.reason))
        expect([status, code, facts?.lessonId, facts?.startsAt]).to.eql([409, 'double_booked', won[0]?.id, '2026-09-07T14:00:00.000Z'])
      }
    expect(await world.sql('select from lesson.lesson where starts_at = $1', [won[0]?.startsAt])).to.have.length(1)
    const said = (await world.published('lesson.planned')).filter(({ body }) => body.startsAt === won[0]?.startsAt)
    expect(said).to.have.length(1)
  })

  it("overlapping plans of different lengths and people never overlap in anybody's time", async () => {
    const plans = Array.from({ length: 60 }, (_, n) => {
      const startsAt = new Date(Date.UTC(2026, 9, 5, 8) + (n % 12) * 1_200_000).toISOString()
      return world.as('tutor').lessons.plan((n % 2 ? groupPlan : lessonPlan)(world, { startsAt, minutes: 20 + (n % 3) * 20 }))
    })
    const outcomes = await Promise.allSettled(plans)
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') expect((await refusal(Promise.reject(outcome.reason))).code).to.equal('double_booked')
    const overlaps = await world.sql(
      'select from lesson.hold a join lesson.hold b on a.person_id = b.person_id and a.during && b.during and a.lesson_id < b.lesson_id',
    )
    expect(overlaps).to.eql([])
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).not.to.have.length(0)
  })

  it('of a student with another tutor tells the time, and not whose lesson it is', async () => {
    const { otherTutor, student } = world.people
    const startsAt = '2026-11-02T08:00:00.000Z'
    await world.as('admin').lessons.plan(lessonPlan(world, { tutorId: otherTutor.userId, startsAt }))
    const refused = await refusal(world.as('tutor').lessons.plan(lessonPlan(world, { startsAt: '2026-11-02T08:30:00.000Z' })))
    expect(refused.with).to.eql({ personId: student.userId, startsAt, minutes: 60 })
    const asAdmin = await refusal(world.as('admin').lessons.plan(lessonPlan(world, { tutorId: world.people.tutor.userId, startsAt })))
    expect(asAdmin.with).to.include.keys('lessonId')
  })

  it('does not hinder lessons back to back', async () => {
    await world.as('tutor').lessons.plan(lessonPlan(world, { startsAt: '2026-11-03T08:00:00.000Z' }))
    await world.as('tutor').lessons.plan(lessonPlan(world, { startsAt: '2026-11-03T09:00:00.000Z' }))
  })

  it('under one Idempotency-Key plans once, and 409 leaves nothing behind', async () => {
    const plan = lessonPlan(world, { startsAt: '2026-11-04T08:00:00.000Z' })
    const once = () => world.as('tutor').lessons.plan(plan, { idempotencyKey: 'plan-1' })
    expect(await once()).to.eql(await once())
    const other = lessonPlan(world, { startsAt: '2026-11-04T08:30:00.000Z' })
    const refused = await refusal(world.as('tutor').lessons.plan(other, { idempotencyKey: 'plan-2' }))
    expect([refused.code, refused.with?.startsAt]).to.eql(['double_booked', plan.startsAt])
    expect(await world.sql(`select from lesson.lesson where starts_at between '2026-11-04' and '2026-11-05'`)).to.have.length(1)
  })
})
