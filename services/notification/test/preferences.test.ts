import { changePreferences } from '@repitbot/kit/testing/seen'
import { openWorld, type World } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import { notificationService } from '../src/service.ts'

describe('preferences', () => {
  let world: World
  before(async () => {
    world = await openWorld({ services: [notificationService] })
  })
  after(() => world.close())

  it('take one of two changes that are made at the same time, the very first ones too, and the other when it has seen the first', async () => {
    const { preferences } = world.as('tutor')
    for (const [agendaAt, eveningAt] of [
      ['07:00', '21:00'],
      ['06:30', null],
    ] as const) {
      const { version } = await preferences.get({})
      const both = [{ agendaAt }, { eveningAt }]
      const done = await Promise.allSettled(both.map((change) => preferences.change({ ...change, version })))
      expect(done.map(({ status }) => status)).to.have.members(['fulfilled', 'rejected'])
      await changePreferences(world.as('tutor'), both[done[0]?.status === 'rejected' ? 0 : 1] ?? {})
      expect(await preferences.get({})).to.include({ agendaAt, eveningAt, streakRisk: true, digestAt: '18:00', version: version + 2 })
    }
  })

  it('are those of the person alone', async () => {
    await changePreferences(world.as('student'), { streakRisk: false })
    expect((await world.as('sibling').preferences.get({})).streakRisk).to.equal(true)
  })
})
