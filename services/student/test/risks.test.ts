import { withContext } from '@repitbot/kit/context'
import { cardOf, type Somebody } from '@repitbot/kit/testing/people'
import { openWorld, type World } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import type { Deps } from '../src/deps.ts'
import { checkRisks } from '../src/flows/check-risks.ts'
import { closeDays } from '../src/flows/close-days.ts'
import { studentService } from '../src/service.ts'
import { completedLesson } from './story.ts'

/** Moscow's evening is 14:00 to 17:00 in UTC. */
describe('a streak that today would break', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld({ services: [studentService], bus: 'local', people: false })
    world.clock.set('2026-11-02T09:00:00Z')
    for (const who of ['student', 'sibling'] as const) await world.deliver('user.created', cardOf(who, world.people[who]))
    await world.deliver('reach.granted', { holderId: world.people.parent.userId, overId: studentId(), as: 'parent', version: 1 })
    await world.idle()
  })
  afterEach(() => world.close())
  const studentId = () => world.people.student.userId
  const deps = () => world.services[0]?.deps as Deps
  const check = (at: string) => {
    world.clock.set(at)
    return withContext({ correlationId: 'check' }, () => checkRisks(deps()))
  }
  const study = async (day: string, who: Somebody = 'student') => {
    world.clock.set(`2026-11-${day}T10:00:00Z`)
    await world.deliver('lesson.completed', completedLesson(world, who, { heldAt: `2026-11-${day}T10:00:00Z` }))
    await world.idle()
  }
  const studyAll = async (...days: string[]) => {
    for (const day of days) await study(day)
  }
  const close = async (at: string) => {
    world.clock.set(at)
    await withContext({ correlationId: 'close' }, () => closeDays(deps()))
  }
  /** Four days of lessons; the freeze that everybody begins with went for the third of November. */
  const streakOfFour = async (who: Somebody = 'student') => {
    for (const day of ['02', '04', '05', '06']) await study(day, who)
    await close('2026-11-06T21:00:00Z')
  }
  const warnings = async () => (await world.published('streak.endangered')).map(({ body }) => body)

  it('is published in the evening, from 17:00 on', async () => {
    await streakOfFour()
    await check('2026-11-07T13:59:00Z')
    expect(await warnings()).to.deep.equal([])
    await check('2026-11-07T14:00:00Z')
    expect(await warnings()).to.deep.equal([{ studentId: studentId(), day: '2026-11-07', days: 4, until: '2026-11-07T17:00:00.000Z' }])
  })

  it('is not published from 20:00 on', async () => {
    await streakOfFour()
    await check('2026-11-07T17:00:00Z')
    expect(await warnings()).to.deep.equal([])
  })

  it('is published once a day, though two checks run at the same time, and again on the next day', async () => {
    await streakOfFour()
    await Promise.all([check('2026-11-07T14:00:00Z'), check('2026-11-07T14:00:00Z')])
    await check('2026-11-07T16:45:00Z')
    expect(await warnings()).to.have.length(1)
    await study('07')
    await close('2026-11-07T21:00:00Z')
    await check('2026-11-08T14:00:00Z')
    expect((await warnings()).map(({ day, days }) => [day, days])).to.deep.equal([
      ['2026-11-07', 4],
      ['2026-11-08', 5],
    ])
  })

  it('is published in the evening of each student, by their own zone', async () => {
    await world.deliver(
      'user.updated',
      { ...cardOf('sibling', world.people.sibling), zone: 'Asia/Vladivostok', version: 2 },
      { occurredAt: '2026-10-01T00:00:00Z' },
    )
    await world.idle()
    await streakOfFour()
    await streakOfFour('sibling')
    await check('2026-11-07T07:00:00Z')
    expect((await warnings()).map((one) => one.studentId)).to.deep.equal([world.people.sibling.userId])
    await check('2026-11-07T14:00:00Z')
    expect((await warnings()).map((one) => one.studentId)).to.deep.equal([world.people.sibling.userId, studentId()])
  })

  const pauseToday = () => world.as('parent').students.pause({ studentId: studentId(), from: '2026-11-07', until: '2026-11-08' })
  const switchOff = () => world.as('student').students.switchGame({ studentId: studentId(), on: false })
  const noWarning: [string, () => Promise<unknown>][] = [
    ['a lesson was held today', () => streakOfFour().then(() => study('07'))],
    ['there is no streak', async () => {}],
    ['the streak is two days long, its freeze spent', () => studyAll('04', '06')],
    ['a freeze is left, which would save it', () => studyAll('04', '05', '06')],
    ['today is paused', () => streakOfFour().then(pauseToday)],
    ['the game is off', () => streakOfFour().then(switchOff)],
  ]
  for (const [why, given] of noWarning)
    it(`is not published when ${why}`, async () => {
      await given()
      await check('2026-11-07T14:00:00Z')
      expect(await warnings()).to.deep.equal([])
    })
})
