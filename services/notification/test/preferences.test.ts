import { openWorld, type World } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import { notificationService } from '../src/service.ts'

describe('preferences', () => {
  let world: World
  before(async () => {
    world = await openWorld({ services: [notificationService] })
  })
  after(() => world.close())

  it('keep both of two changes that are made at the same time, the very first ones too', async () => {
    const { preferences } = world.as('tutor')
    for (const [agendaAt, eveningAt] of [
      ['07:00', '21:00'],
      ['06:30', null],
    ] as const) {
      await Promise.all([preferences.change({ agendaAt }), preferences.change({ eveningAt })])
      expect(await preferences.get({})).to.deep.equal({ agendaAt, eveningAt, streakRisk: true, digestAt: '18:00' })
    }
  })

  it('are those of the person alone', async () => {
    await world.as('student').preferences.change({ streakRisk: false })
    expect((await world.as('sibling').preferences.get({})).streakRisk).to.equal(true)
  })
})
