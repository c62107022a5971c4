import { randomUUIDv7 } from 'node:crypto'
import type { PersonCard } from '@repitbot/contracts/person-card'
import { cardOf } from '@repitbot/kit/testing/people'
import { changePreferences } from '@repitbot/kit/testing/seen'
import { openWorld, type World } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import { notificationService } from '../src/service.ts'

const evening = '2026-11-07T14:00:00Z'

describe('a notice of a streak at risk', () => {
  let world: World
  let version = 1
  before(async () => {
    world = await openWorld({ services: [notificationService] })
  })
  beforeEach(async () => {
    await world.sql('truncate notification.notice, notification.delivery, notification.lesson, notification.preference')
    world.clock.set(evening)
    await card({ birthYear: 2011 })
  })
  after(() => world.close())

  const card = (given: Partial<PersonCard>) =>
    world.deliver('user.updated', { ...cardOf('student', world.people.student), ...given, version: ++version })
  const endangered = async () => {
    const body = { studentId: world.people.student.userId, day: '2026-11-07', days: 5, until: '2026-11-07T17:00:00.000Z' }
    await world.idle()
    await world.deliver('streak.endangered', body)
    await world.idle()
  }
  const inbox = async (who: 'student' | 'parent' | 'tutor' = 'student') => (await world.as(who).inbox.list({})).notices
  const lesson = async (startsAt: string) => {
    const plan = { tutorId: world.people.tutor.userId, type: 'individual' as const, subject: 'Алгебра', minutes: 60, zone: 'Europe/Moscow' }
    const students = [{ studentId: world.people.student.userId, priceMinor: 0, currency: 'RUB' }]
    world.clock.set('2026-11-06T09:00:00Z')
    await world.deliver('lesson.planned', { ...plan, lessonId: randomUUIDv7(), startsAt, version: 1, students })
    await world.idle()
    await world.sql('truncate notification.notice, notification.delivery')
    world.clock.set(evening)
  }

  it('reaches the student alone, once, without a reproach, and is gone at 20:00', async () => {
    await endangered()
    await endangered()
    const [mine, ...more] = await inbox()
    expect(more).to.deep.equal([])
    expect(mine).to.include({ code: 'streak_at_risk', title: 'У тебя 5 дней подряд', expiresAt: '2026-11-07T17:00:00.000Z' })
    for (const who of ['parent', 'tutor'] as const) expect(await inbox(who), who).to.deep.equal([])
    world.clock.set('2026-11-07T17:00:00Z')
    expect(await inbox()).to.deep.equal([])
  })

  it('does not reach a student who has opted out', async () => {
    await changePreferences(world.as('student'), { streakRisk: false })
    await endangered()
    expect(await inbox()).to.deep.equal([])
  })

  for (const [who, birthYear] of [
    ['is 13', 2013],
    ['may still be 13', 2012],
    ['is of an unknown age', null],
  ] as const)
    it(`does not reach a child who ${who}`, async () => {
      await card({ birthYear })
      await endangered()
      expect(await inbox()).to.deep.equal([])
    })

  it('does not reach a student whose lesson of today has begun and only waits for its report', async () => {
    await lesson('2026-11-07T12:00:00Z')
    await endangered()
    expect(await inbox()).to.deep.equal([])
  })

  it('reaches a student whose lesson is still to come today, or was yesterday', async () => {
    await lesson('2026-11-07T15:00:00Z')
    await lesson('2026-11-06T16:00:00Z')
    await endangered()
    expect(await inbox()).to.have.length(1)
  })
})
