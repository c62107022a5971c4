import { withContext } from '@repitbot/kit/context'
import { cardOf } from '@repitbot/kit/testing/people'
import { openWorld, type World } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import type { Deps } from '../src/deps.ts'
import { closeDays } from '../src/flows/close-days.ts'
import { studentService } from '../src/service.ts'
import { completedLesson } from './story.ts'

describe('the close of the day', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld({ services: [studentService], bus: 'local', people: false })
    world.clock.set('2026-11-02T09:00:00Z')
    for (const who of ['student', 'sibling'] as const) await world.deliver('user.created', cardOf(who, world.people[who]))
    for (const who of ['parent', 'tutor'] as const)
      await world.deliver('reach.granted', { holderId: world.people[who].userId, overId: studentId(), as: who, version: 1 })
    await world.idle()
  })
  afterEach(() => world.close())
  const studentId = () => world.people.student.userId
  const close = (at: string) => {
    world.clock.set(at)
    return withContext({ correlationId: 'close' }, () => closeDays(world.services[0]?.deps as Deps))
  }
  const study = async (heldAt: string, who: 'student' | 'sibling' = 'student') => {
    world.clock.set(heldAt)
    await world.deliver('lesson.completed', completedLesson(world, who, { heldAt }))
    await world.idle()
  }
  const streak = async () => (await world.as('student').students.progress({ studentId: studentId(), days: 60 })).streak
  const kinds = async () => (await streak()).calendar.map(({ day, kind }) => `${day.slice(5)} ${kind}`)

  it('spends a freeze once for a missed day, however often it runs, and publishes it once', async () => {
    await study('2026-11-02T10:00:00Z')
    await study('2026-11-03T10:00:00Z')
    expect(await close('2026-11-03T20:59:00Z')).to.equal(0)
    expect(await close('2026-11-04T21:00:00Z')).to.equal(1)
    expect(await close('2026-11-04T21:00:01Z')).to.equal(0)
    expect(await kinds()).to.deep.equal(['11-02 active', '11-03 active', '11-04 frozen', '11-05 open'])
    const [frozen, ...more] = await world.published('streak.frozen')
    expect(frozen?.body).to.deep.equal({ studentId: studentId(), day: '2026-11-04', days: 2, freezesLeft: 0 })
    expect(more).to.deep.equal([])
    expect(await streak()).to.include({ current: 2, atRisk: true, freezesHeld: 0 })
  })

  it('a lesson reported late gives its freeze back', async () => {
    await study('2026-11-02T10:00:00Z')
    await close('2026-11-03T22:00:00Z')
    expect(await kinds()).to.deep.equal(['11-02 active', '11-03 frozen', '11-04 open'])
    await world.deliver('lesson.completed', completedLesson(world, 'student', { heldAt: '2026-11-03T10:00:00Z' }))
    await world.idle()
    expect(await kinds()).to.deep.equal(['11-02 active', '11-03 active', '11-04 open'])
    expect(await streak()).to.include({ current: 2, freezesHeld: 1 })
  })

  it('closes the day of each student by their own zone', async () => {
    await world.deliver(
      'user.updated',
      { ...cardOf('sibling', world.people.sibling), zone: 'Asia/Vladivostok', version: 2 },
      { occurredAt: '2026-10-01T00:00:00Z' },
    )
    await world.idle()
    await study('2026-11-02T10:00:00Z')
    await study('2026-11-02T10:00:00Z', 'sibling')
    expect(await close('2026-11-02T14:00:00Z')).to.equal(1)
    expect(await close('2026-11-02T21:00:00Z')).to.equal(1)
  })

  it('a pause bridges days, also the last two, and at most 30', async () => {
    await study('2026-11-02T10:00:00Z')
    await close('2026-11-05T10:00:00Z')
    expect(await kinds()).to.deep.equal(['11-02 active', '11-03 frozen', '11-04 missed', '11-05 open'])
    const { students } = world.as('parent')
    const pause = await students.pause({ studentId: studentId(), from: '2026-11-03', until: '2026-11-10' })
    expect(pause).to.include({ from: '2026-11-03', until: '2026-11-10' })
    expect(await kinds()).to.deep.equal(['11-02 active', '11-03 paused', '11-04 paused', '11-05 paused'])
    expect(await streak()).to.include({ current: 1, freezesHeld: 1 })
    const refused = async (from: string, until: string) =>
      students.pause({ studentId: studentId(), from, until }).catch(({ problem }) => problem.code)
    expect(await refused('2026-11-02', '2026-11-03')).to.equal('pause_too_far_back')
    expect(await refused('2026-11-10', '2026-12-10')).to.equal('pause_too_long')
    expect(await refused('2026-11-10', '2026-11-09')).to.equal('pause_ends_before_it_begins')
    expect(await refused('2026-11-31', '2026-12-01')).to.equal('invalid_input')
  })

  it('a milestone is published once', async () => {
    for (const day of ['02', '03', '04', '05']) await study(`2026-11-${day}T10:00:00Z`)
    expect((await world.published('streak.reached')).map(({ body }) => body)).to.deep.equal([{ studentId: studentId(), days: 3 }])
  })

  it('gives the achievements that time decides: four full weeks when the fourth is over, a rare one when 14 days have passed', async () => {
    for (const day of ['02', '09', '16', '23']) await study(`2026-11-${day}T10:00:00Z`)
    const earned = async () => (await world.published('achievement.earned')).map(({ body }) => body.code)
    expect(await earned()).to.deep.equal(['first_lesson'])
    await close('2026-11-29T20:00:00Z')
    expect(await earned()).to.deep.equal(['first_lesson'])
    await close('2026-11-29T21:00:00Z')
    expect(await earned()).to.deep.equal(['first_lesson', 'weeks_4'])
    await close('2026-11-30T21:00:00Z')
    expect(await earned()).to.deep.equal(['first_lesson', 'weeks_4', 'perfect_month'])
    const [from] = (await world.as('student').students.history({ studentId: studentId() })).rows
    expect(from).to.include({ kind: 'achievement', sourceId: 'perfect_month', delta: 400 })
  })

  it('does not close days for a student who has been idle for long', async () => {
    await study('2026-11-02T10:00:00Z')
    expect(await close('2026-12-25T10:00:00Z')).to.equal(1)
    expect(await close('2027-01-25T10:00:00Z')).to.equal(0)
  })
})
