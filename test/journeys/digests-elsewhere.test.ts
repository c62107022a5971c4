import { expect } from 'chai'
import { chats, type Deliveries, openDeliveries } from './deliveries.ts'
import { lessonEvents } from './lesson-events.ts'

// Beside midnight, east and west of the zone in which everybody else of the tests lives.
describe('a digest for somebody in another zone', function () {
  this.timeout(60_000)
  let out: Deliveries
  before(async () => {
    out = await openDeliveries()
  })
  beforeEach(() => out.reset())
  after(() => out?.close())
  const { plan, levelUp } = lessonEvents(() => out.world)

  for (const [zone, offset] of [
    ['Asia/Vladivostok', '+10:00'],
    ['America/New_York', '-04:00'],
  ] as const)
    for (const time of ['00:30', '23:30']) {
      const at = (day: number, wallTime: string) => new Date(`2026-09-${day}T${wallTime}:00${offset}`).toISOString()
      const fromTime = (minutes: number) => new Date(Date.parse(at(15, time)) + minutes * 60_000).toISOString()
      const before = fromTime(-5)

      it(`has the lessons of the tutor's own day, at the tutor's own time: ${zone} at ${time}`, async () => {
        await out.setCard('tutor', { telegramChatId: chats.tutor, zone })
        await out.setCard('student', { name: 'Маша' })
        out.world.clock.set(at(13, '12:00'))
        for (const [day, wallTime, subject] of [
          [14, '23:00', 'Before'],
          [15, '00:15', 'Early'],
          [15, '23:15', 'Late'],
          [16, '00:15', 'After'],
        ] as const)
          await plan(at(day, wallTime), { subject, zone })
        await out.world.sql('delete from notification.delivery')
        await out.world.as('tutor').preferences.change({ agendaAt: time, eveningAt: time, version: 1 })
        const tick = async (when: string) => {
          out.world.clock.set(when)
          await out.jobs['tell-days']?.run({} as never)
          await out.sendDue()
          return out.telegramTexts('tutor')
        }
        const isOfToday = (text: string) => /Early/.test(text) && /Late/.test(text) && !/Before|After/.test(text)
        expect((await tick(before)).filter(isOfToday)).to.deep.equal([])
        const told = await tick(at(15, time))
        expect(told.filter(isOfToday), told.join('\n\n')).to.have.length(2)
        expect(told.join()).to.contain('00:15 Early: Маша\n23:15 Late: Маша')
        expect(await tick(fromTime(5))).to.have.length(told.length)
      })

      it(`of levels comes at the student's own time: ${zone} at ${time}`, async () => {
        await out.setCard('student', { telegramChatId: chats.student, zone })
        await out.world.as('student').preferences.change({ digestAt: time, version: 1 })
        out.world.clock.set(at(14, '23:45'))
        await levelUp(2)
        for (const [when, count] of [
          [before, 0],
          [at(15, time), 1],
        ] as const) {
          out.world.clock.set(when)
          await out.sendDue()
          expect(out.telegramTexts('student'), when).to.have.length(count)
        }
      })
    }
})
