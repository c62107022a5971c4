import { setPolicy } from '@repitbot/kit/testing/seen'
import { openWorld, type World } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import { lessonService } from '../src/service.ts'
import { code, groupPlan, lessonPlan, refusal } from './lesson-requests.ts'

const minute = 60_000
const full = { chargePercent: 100, chargeMinor: 150_000 }

describe('lesson: what cancelling costs a family', () => {
  let world: World
  before(async () => {
    world = await openWorld({ services: [lessonService] })
  })
  after(() => world.close())
  let day = 0
  const start = () => new Date(Date.UTC(2026, 8, 7, 14) + day++ * 86_400_000)
  /** A lesson of its own day, with the clock so long before its start. */
  const planned = async (before: number, plan: object = lessonPlan(world), who: 'tutor' | 'tutorB' = 'tutor') => {
    const startsAt = start()
    world.clock.set(new Date(startsAt.getTime() - before))
    const { id } = await world.as(who).lessons.plan({ ...(plan as ReturnType<typeof lessonPlan>), startsAt: startsAt.toISOString() })
    return id
  }
  const byParent = () => world.as('parent').familyLessons
  const notice = 24 * 60 * minute

  for (const [when, before, costs] of [
    ['a minute before the notice ends', notice + minute, { chargePercent: 0, chargeMinor: 0 }],
    ['as the notice ends', notice, { chargePercent: 0, chargeMinor: 0 }],
    ['a minute after the notice', notice - minute, full],
    ['a minute before the start', minute, full],
  ] as const)
    it(`${when}, what the family is told is what it costs`, async () => {
      const lessonId = await planned(before)
      const told = await byParent().cancellation({ lessonId })
      const { startsAt } = await byParent().get({ lessonId })
      const freeUntil = new Date(Date.parse(startsAt) - notice).toISOString()
      expect(told).to.eql({ ...costs, freeUntil, currency: 'RUB', noticeHours: 24, lateChargePercent: 100 })
      const { chargePercent, chargeMinor } = told
      const off = await byParent().cancel({ lessonId, chargePercent, chargeMinor })
      expect(off.cancellation?.chargePercent).to.equal(chargePercent)
    })

  it('it costs nothing that was not shown: the lesson stays, and the answer holds the present figures', async () => {
    const lessonId = await planned(notice - minute)
    for (const shown of [{}, { chargePercent: 100 }, { ...full, chargePercent: 50 }, { ...full, chargeMinor: 149_999 }]) {
      const refused = await refusal(byParent().cancel({ lessonId, ...shown }))
      expect([refused.status, refused.code]).to.eql([409, 'charge_changed'])
      expect(refused.with).to.include({ ...full, currency: 'RUB', noticeHours: 24, lateChargePercent: 100 })
    }
    expect(await byParent().get({ lessonId })).to.include({ status: 'scheduled', version: 1 })
  })

  it('a price that rose since it was shown is not charged unseen, one that fell is charged as it is', async () => {
    const lessonId = await planned(notice - minute)
    await setPolicy(world.as('admin'), { noticeHours: 24, lateChargePercent: 50 })
    const off = await byParent().cancel({ lessonId, ...full })
    expect(off.cancellation?.chargePercent).to.equal(50)
    const dearer = await planned(notice - minute)
    const seen = await byParent().cancellation({ lessonId: dearer })
    await setPolicy(world.as('admin'), { noticeHours: 24, lateChargePercent: 100 })
    const { chargePercent, chargeMinor } = seen
    expect(await code(byParent().cancel({ lessonId: dearer, chargePercent, chargeMinor }))).to.equal('charge_changed')
  })

  it('a student with a parent cancels while it is free, and is refused what costs', async () => {
    const { familyLessons } = world.as('student')
    const free = await planned(notice)
    expect(await familyLessons.cancellation({ lessonId: free })).to.have.keys([
      'freeUntil',
      'noticeHours',
      'lateChargePercent',
      'chargePercent',
    ])
    expect((await familyLessons.cancel({ lessonId: free })).status).to.equal('cancelled_free')
    const late = await planned(notice - minute)
    for (const call of [familyLessons.cancellation({ lessonId: late }), familyLessons.cancel({ lessonId: late, ...full })]) {
      const refused = await refusal(call)
      expect([refused.status, refused.code]).to.eql([403, 'charge_needs_parent'])
    }
    expect((await byParent().get({ lessonId: late })).status).to.equal('scheduled')
  })

  const seatB = () => ({
    ...lessonPlan(world),
    students: [{ studentId: world.people.studentB.userId, priceMinor: 150_000, currency: 'RUB' }],
  })
  it('a student whose lessons nobody else pays for is told the sum and may cancel for it; a payer ends that, until the link ends', async () => {
    const { familyLessons } = world.as('studentB')
    const late = () => planned(notice - minute, seatB(), 'tutorB')
    const first = await late()
    expect(await familyLessons.cancellation({ lessonId: first })).to.include({ ...full, currency: 'RUB' })
    expect((await familyLessons.cancel({ lessonId: first, ...full })).status).to.equal('cancelled_chargeable')
    const { studentB, stranger } = world.people
    const link = { holderId: stranger.userId, overId: studentB.userId, as: 'payer' as const }
    await world.deliver('reach.granted', { ...link, version: 1 }, { schoolId: studentB.schoolId })
    await world.idle()
    const second = await late()
    expect(await code(familyLessons.cancel({ lessonId: second, ...full }))).to.equal('charge_needs_parent')
    await world.deliver('reach.revoked', { ...link, version: 2 }, { schoolId: studentB.schoolId })
    await world.idle()
    expect((await familyLessons.cancel({ lessonId: second, ...full })).status).to.equal('cancelled_chargeable')
  })

  it('nothing is told or cancelled in a group, whoever of it asks', async () => {
    const lessonId = await planned(notice, groupPlan(world))
    for (const who of ['student', 'parent'] as const) {
      expect(await code(world.as(who).familyLessons.cancellation({ lessonId }))).to.equal('group_lesson')
      expect(await code(world.as(who).familyLessons.cancel({ lessonId, ...full }))).to.equal('group_lesson')
    }
  })

  it('whoever of the family cancelled brings the lesson back while cancelling is free, and the time is taken again', async () => {
    const lessonId = await planned(notice + minute)
    await byParent().cancel({ lessonId })
    expect(await code(world.as('student').familyLessons.restore({ lessonId }))).to.equal('not_yours_to_restore')
    const { startsAt } = await byParent().get({ lessonId })
    world.clock.set(new Date(Date.parse(startsAt) - notice))
    expect(await byParent().restore({ lessonId })).to.include({ status: 'scheduled', version: 3 })
    expect(await code(world.as('tutor').lessons.plan(lessonPlan(world, { startsAt })))).to.equal('double_booked')
    expect(await code(byParent().restore({ lessonId }))).to.equal('not_cancelled')
  })
})
