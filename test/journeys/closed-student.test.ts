import type { Refused } from '@repitbot/contracts/client'
import { expect } from 'chai'
import { openPlatform, type Platform, worldStart } from '../platform.ts'

const hourMs = 3_600_000

describe('a student whose membership is closed', () => {
  let platform: Platform
  before(async function () {
    this.timeout(60_000)
    platform = await openPlatform()
  })
  after(() => platform?.close())

  it('has all lessons ahead called off, the tutor and the parent hear of it once, and a lesson comes back only after the student does', async () => {
    const { world, people } = platform
    const { userId } = people.student
    const tutor = platform.as('tutor', 'gateway')
    const students = [{ studentId: userId, priceMinor: 100_000 }]
    const first = new Date(Date.parse(worldStart) + 30 * hourMs).toISOString()
    const kind = { type: 'individual', subject: 'Maths', minutes: 60, students } as const
    const { id: lessonId } = await tutor.lessons.plan({ ...kind, startsAt: first })
    for (const day of [3, 4]) await tutor.lessons.plan({ ...kind, startsAt: new Date(Date.parse(first) + day * 24 * hourMs).toISOString() })
    await tutor.series.plan({ ...kind, freq: 'weekly', weekdays: [7], at: '10:00', from: '2026-09-07' })
    await world.idle()
    await platform.as('tutor').inbox.list({})
    await platform.as('admin').people.disable({ userId })
    await world.idle()

    const between = { from: worldStart, until: '2027-09-01T00:00:00Z', limit: 500 }
    const { lessons } = await tutor.lessons.list(between)
    expect(new Set(lessons.map(({ status }) => status))).to.deep.equal(new Set(['cancelled_free']))
    for (const who of ['tutor', 'parent'] as const) {
      const { notices } = await platform.as(who).inbox.list({})
      const told = notices.filter(({ code }) => /cancelled|cleared/.test(code))
      expect(
        told.map(({ title }) => title),
        who,
      ).to.deep.equal([`student: отменено ${lessons.length} занятий`])
    }
    const restore = () => tutor.lessons.restore({ lessonId })
    const refused = await restore().catch((error: Refused) => error.problem)
    expect(refused).to.include({ status: 409, code: 'person_closed' })
    await platform.as('admin').people.enable({ userId })
    await world.idle()
    expect((await restore()).status).to.equal('scheduled')
  })
})
