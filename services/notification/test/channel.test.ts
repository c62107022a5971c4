import { openWorld, type World } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import { notificationHouseOver } from '../src/house.ts'
import type { Channel } from '../src/rules/channel.ts'

describe('a channel', () => {
  let world: World
  const taken: string[] = []
  let failing = 1
  const note: Channel = {
    name: 'note',
    async send({ userId }, { title }) {
      if (failing-- > 0) return 'failed'
      taken.push(`${userId} ${title}`)
      return 'delivered'
    },
  }
  before(async () => {
    world = await openWorld({ houses: [notificationHouseOver([note])], jobs: true })
  })
  after(() => world.close())

  it('is handed each new notice once for each recipient, and again when it failed', async () => {
    const level = { studentId: world.people.student.userId, from: 1, to: 2 }
    const { id } = await world.hear('student.level_up', level)
    await world.hear('student.level_up', level, { id })
    await world.hear('student.level_up', level)
    await world.settled()
    for (const deadline = Date.now() + 15_000; Date.now() < deadline && taken.length < 2; )
      await new Promise((resolve) => setTimeout(resolve, 50))
    expect(taken.toSorted()).to.deep.equal(
      [`${world.people.student.userId} У тебя новый уровень: 2`, `${world.people.parent.userId} student: новый уровень`].sort(),
    )
  })
})
