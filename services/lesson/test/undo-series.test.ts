import type { World } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import { code, lessonPlan, refusal } from './lesson-requests.ts'
import { openSeriesWorld, type SeriesWorld } from './series-world.ts'

describe('lesson: a change of a series is taken back', () => {
  let opened: SeriesWorld
  let world: World
  before(async () => {
    opened = await openSeriesWorld()
    world = opened.world
  })
  beforeEach(() => opened.empty())
  after(() => world.close())
  const plan = () => opened.plan()
  const series = () => world.as('tutor').series
  const materialise = () => opened.materialise()
  /** The lessons as people see them, without versions; cancelled ones are left out. */
  const seen = async () => (await opened.held()).map(({ version: _, ...lesson }) => lesson)

  it('that cancelled all that is ahead: the series goes on, and each lesson takes place, in one act', async () => {
    const { id: seriesId } = await plan()
    const before = await seen()
    const ahead = await series().ahead({ seriesId })
    expect(ahead).to.eql({
      lessons: 12,
      first: before[0]?.startsAt,
      last: before.at(-1)?.startsAt,
      students: [{ studentId: world.people.student.userId, name: 'student' }],
    })
    expect(await series().ahead({ seriesId, on: '2026-11-16' })).to.include({ lessons: 2, first: before.at(-2)?.startsAt })
    const off = await series().cancel({ seriesId, scope: 'all' })
    expect(await seen()).to.eql([])
    expect(await series().ahead({ seriesId })).to.eql({ lessons: 0, students: [] })
    const back = await series().undo({ seriesId, version: off.version })
    expect([back.until, back.version]).to.eql([undefined, 3])
    expect(await seen()).to.eql(before)
    const restored = await world.published('lesson.restored')
    const [cancelled] = await world.published('lesson.cancelled')
    expect(restored).to.have.length(12)
    expect(new Set(restored.map(({ body }) => body.undoes))).to.eql(new Set([cancelled?.correlationId]))
  })

  it('that cancelled from one lesson on: those before are untouched', async () => {
    const { id: seriesId } = await plan()
    const before = await seen()
    const off = await series().cancel({ seriesId, scope: 'following', on: '2026-10-05' })
    expect(await seen()).to.have.length(4)
    await series().undo({ seriesId, version: off.version })
    expect(await seen()).to.eql(before)
  })

  it('that moved all of it to another day and time: every lesson is the one it was, and no other is left', async () => {
    const { id: seriesId } = await plan()
    const before = await seen()
    const moved = await series().change({ seriesId, version: 1, scope: 'all', at: '18:00', weekdays: [2, 4], minutes: 45 })
    expect(await seen()).not.to.eql(before)
    const back = await series().undo({ seriesId, version: moved.version })
    expect([back.at, back.weekdays, back.minutes]).to.eql(['17:00', [1], 60])
    expect(await seen()).to.eql(before)
  })

  it('that split it: the two are one again', async () => {
    const { id: seriesId } = await plan()
    const before = await seen()
    const next = await series().change({ seriesId, version: 1, scope: 'following', on: '2026-10-05', at: '09:00' })
    expect(next.id).not.to.equal(seriesId)
    const back = await series().undo({ seriesId: next.id, version: next.version })
    expect([back.id, back.until]).to.eql([seriesId, undefined])
    expect(await seen()).to.eql(before)
    expect((await series().list({})).series.map(({ id }) => id)).to.eql([seriesId])
  })

  it('that split it, with a lesson changed since: the other ends, and no night plans it further', async () => {
    const { id: seriesId } = await plan()
    const next = await series().change({ seriesId, version: 1, scope: 'following', on: '2026-10-05', at: '09:00' })
    const [, , , , fifth] = await seen()
    await world.as('tutor').lessons.move({ lessonId: fifth?.id ?? '', startsAt: '2026-10-06T09:00:00Z' })
    world.clock.set('2026-09-01T23:00:00Z')
    await materialise()
    await series().undo({ seriesId: next.id, version: next.version })
    expect((await series().get({ seriesId: next.id })).until).to.equal('2026-10-04')
    world.clock.set('2026-09-09T08:00:00Z')
    await materialise()
    const after = await seen()
    expect(after.filter((one) => one.seriesId === next.id).map(({ startsAt }) => startsAt)).to.eql(['2026-10-06T09:00:00.000Z'])
    expect(new Set(after.filter((one) => one.seriesId === seriesId).map(({ startsAt }) => startsAt.slice(11, 16)))).to.eql(
      new Set(['14:00']),
    )
  })

  it('with what the nights planned by the changed rule', async () => {
    const { id: seriesId } = await plan()
    const before = await seen()
    const moved = await series().change({ seriesId, version: 1, scope: 'all', weekdays: [2] })
    world.clock.set('2026-09-02T07:59:00Z')
    await materialise()
    await series().undo({ seriesId, version: moved.version })
    expect(await seen()).to.eql(before)
  })

  it('leaves what somebody has done since: a lesson brought back alone and moved stays where it is', async () => {
    const { id: seriesId } = await plan()
    const [first] = await seen()
    const off = await series().cancel({ seriesId, scope: 'all' })
    const lessonId = first?.id ?? ''
    await world.as('tutor').lessons.restore({ lessonId })
    await world.as('tutor').lessons.move({ lessonId, startsAt: '2026-09-08T09:00:00Z' })
    await series().undo({ seriesId, version: off.version })
    expect((await seen()).map(({ startsAt }) => startsAt).slice(0, 2)).to.eql(['2026-09-08T09:00:00.000Z', '2026-09-14T14:00:00.000Z'])
  })

  it('brings no lesson back whose start has passed', async () => {
    const { id: seriesId } = await plan()
    world.clock.set('2026-09-07T13:59:00Z')
    const off = await series().cancel({ seriesId, scope: 'all' })
    world.clock.set('2026-09-07T14:00:00Z')
    await series().undo({ seriesId, version: off.version })
    expect((await seen())[0]?.startsAt).to.equal('2026-09-14T14:00:00.000Z')
  })

  it('is refused whole when a time is taken by now, and in another version than was seen', async () => {
    const { id: seriesId } = await plan()
    const off = await series().cancel({ seriesId, scope: 'all' })
    await world.as('tutor').lessons.plan(lessonPlan(world, { startsAt: '2026-10-05T14:30:00.000Z' }))
    expect(await code(series().undo({ seriesId, version: off.version }))).to.equal('double_booked')
    expect(await seen()).to.have.length(1)
    expect(await refusal(series().undo({ seriesId, version: 1 }))).to.deep.include({ code: 'conflict', with: { version: 2 } })
    world.clock.set('2026-09-02T08:00:00.001Z')
    expect(await code(series().undo({ seriesId, version: off.version }))).to.equal('too_late_to_undo')
  })

  it('a change in another version than was seen saves nothing', async () => {
    const { id: seriesId } = await plan()
    await series().change({ seriesId, version: 1, scope: 'all', at: '18:00' })
    const refused = await refusal(series().change({ seriesId, version: 1, scope: 'all', at: '19:00' }))
    expect([refused.status, refused.code, refused.with]).to.eql([409, 'conflict', { version: 2 }])
    expect((await series().get({ seriesId })).at).to.equal('18:00')
  })

  it('of many changes at once one is saved, and the others are told that there is another version', async () => {
    const { id: seriesId } = await plan()
    const times = ['09:00', '10:00', '11:00', '12:00', '13:00', '14:00', '15:00', '16:00']
    const changes = await Promise.allSettled(times.map((at) => series().change({ seriesId, version: 1, scope: 'all', at })))
    const saved = times.filter((_, at) => changes[at]?.status === 'fulfilled')
    expect(saved).to.have.length(1)
    const { at, version } = await series().get({ seriesId })
    expect([at, version]).to.eql([saved[0], 2])
    expect(new Set((await seen()).map(({ startsAt }) => startsAt.slice(11, 16))).size, 'every lesson at the same time').to.equal(1)
  })

  it('a lesson moved by hand and back follows its series again', async () => {
    const { id: seriesId } = await plan()
    const [first] = await seen()
    const lessonId = first?.id ?? ''
    await world.as('tutor').lessons.move({ lessonId, startsAt: '2026-09-08T09:00:00Z' })
    await world.as('tutor').lessons.move({ lessonId, startsAt: first?.startsAt ?? '' })
    await series().change({ seriesId, version: 1, scope: 'all', at: '18:00' })
    expect((await world.as('tutor').lessons.get({ lessonId })).startsAt).to.equal('2026-09-07T15:00:00.000Z')
  })
})
