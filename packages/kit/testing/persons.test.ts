import { randomUUIDv7 } from 'node:crypto'
import type { PersonCard } from '@repitbot/contracts/person-card'
import { expect } from 'chai'
import { cardOf } from './people.ts'
import { toyService } from './toy.ts'
import { openWorld, type World } from './world.ts'

describe('kit: the persons that a service keeps', () => {
  let world: World
  before(async () => {
    world = await openWorld({ services: [{ ...toyService(), persons: true }], bus: 'local', people: false })
  })
  after(() => world.close())

  const stored = async (userId: string) =>
    (
      await world.sql<{ name: string; role: string; active: boolean; version: number }>(
        'select name, role, active, version from notification.person where user_id = $1',
        [userId],
      )
    )[0]
  const update = async (card: PersonCard, given: Partial<PersonCard>) => {
    await world.deliver('user.updated', { ...card, ...given })
    await world.idle()
  }

  it('are as in the highest version of their card, in whatever order cards come', async () => {
    const card = cardOf('Ann', { userId: randomUUIDv7(), schoolId: '', role: 'student' })
    await update(card, { version: 2, name: 'Anna' })
    await update(card, { version: 1 })
    expect(await stored(card.userId)).to.deep.equal({ name: 'Anna', role: 'student', active: true, version: 2 })
    await update(card, { version: 3, name: 'Anna', role: 'tutor', active: false })
    expect(await stored(card.userId)).to.deep.equal({ name: 'Anna', role: 'tutor', active: false, version: 3 })
  })
})
