import { Zone } from '@repitbot/contracts/person-card'
import type { World } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import { attended, code, lessonPlan, refusal } from './lesson-requests.ts'
import { openSeriesWorld, type SeriesWorld } from './series-world.ts'

const from = '2026-09-01T00:00:00Z'
const until = '2027-09-01T00:00:00Z'

describe('lesson: series', () => {
  let opened: SeriesWorld
  let world: World
  before(async () => {
    opened = await openSeriesWorld()
    world = opened.world
  })
  beforeEach(() => opened.empty())
  after(() => world.close())
  const plan: SeriesWorld['plan'] = (more) => opened.plan(more)
  const lessons = () => opened.lessons()
  const starts = async () => (await opened.held()).map(({ startsAt }) => startsAt.slice(0, 16))
  const materialise = () => opened.materialise()

  it('plans every lesson of the next twelve weeks, says each, and plans none twice', async () => {
    const series = await plan()
    expect(series).to.deep.include({ zone: 'Europe/Moscow', weekdays: [1], interval: 1, at: '17:00', from: '2026-09-07', version: 1 })
    const planned = await starts()
    expect([planned[0], planned.at(-1), planned.length]).to.eql(['2026-09-07T14:00', '2026-11-23T14:00', 12])
    expect(await world.published('lesson.planned')).to.have.length(12)
    expect(await materialise()).to.equal(0)
    world.clock.set('2026-09-15T08:00:00Z')
    expect(await materialise()).to.equal(2)
    expect(await materialise()).to.equal(0)
    expect(await starts()).to.have.length(14)
    expect(await world.published('lesson.planned')).to.have.length(14)
  })

  const zones = [
    { zone: 'Europe/Moscow', at: '17:00', from: '2026-10-19', starts: ['2026-10-19T14:00', '2026-10-26T14:00'] },
    { zone: 'Europe/Kaliningrad', at: '17:00', from: '2026-10-19', starts: ['2026-10-19T15:00', '2026-10-26T15:00'] },
    { zone: 'Asia/Vladivostok', at: '08:00', from: '2026-10-19', starts: ['2026-10-18T22:00', '2026-10-25T22:00'] },
    { zone: 'America/New_York', at: '17:00', from: '2026-10-26', starts: ['2026-10-26T21:00', '2026-11-02T22:00'] },
    { zone: 'Australia/Lord_Howe', at: '02:15', from: '2026-09-27', starts: ['2026-09-26T15:45', '2026-10-03T15:45', '2026-10-10T15:15'] },
    { zone: 'Asia/Kathmandu', at: '17:00', from: '2026-10-19', starts: ['2026-10-19T11:15', '2026-10-26T11:15'] },
  ]
  for (const given of zones)
    it(`stays at its wall time in ${given.zone} when the clocks change`, async () => {
      const weekday = Temporal.PlainDate.from(given.from).dayOfWeek
      const series = await plan({ zone: given.zone, at: given.at, from: given.from, weekdays: [weekday], count: given.starts.length })
      expect(await starts()).to.eql(given.starts)
      expect((await lessons())[0]).to.include({ zone: Zone.parse(given.zone), seriesId: series.id })
    })

  it('is planned whole or not at all', async () => {
    const other = await world.as('tutor').lessons.plan(lessonPlan(world, { startsAt: '2026-10-05T14:30:00.000Z' }))
    const { code, with: facts } = await refusal(plan())
    expect([code, facts?.lessonId]).to.eql(['double_booked', other.id])
    expect(await lessons()).to.have.length(1)
    expect((await world.as('tutor').series.list({})).series).to.eql([])
  })

  it('leaves out a day on which somebody is busy when it is planned further, and fills it once it is free', async () => {
    const { id: seriesId } = await plan()
    const other = await world.as('tutor').lessons.plan(lessonPlan(world, { startsAt: '2026-11-30T14:30:00.000Z' }))
    world.clock.set('2026-09-15T08:00:00Z')
    expect(await materialise()).to.equal(1)
    expect((await world.as('tutor').series.get({ seriesId })).unplanned).to.eql(['2026-11-30'])
    await world.as('tutor').lessons.cancel({ lessonId: other.id })
    expect(await materialise()).to.equal(1)
    expect((await world.as('tutor').series.get({ seriesId })).unplanned).to.eql([])
  })

  it('keeps its exceptions, whoever made them, when it is planned further and when all of it changes', async () => {
    const { id: seriesId } = await plan()
    const [first, second, third] = await lessons()
    await world.as('tutor').lessons.cancel({ lessonId: second?.id ?? '' })
    await world.as('tutor').series.change({ seriesId, version: 1, scope: 'this', on: '2026-09-21', date: '2026-09-23', at: '10:00' })
    world.clock.set('2026-09-07T15:30:00Z')
    await world.as('tutor').lessons.complete({ lessonId: first?.id ?? '', students: attended(world.people.student.userId) })
    const changed = await world.as('tutor').series.change({ seriesId, version: 1, scope: 'all', at: '18:00', weekdays: [2] })
    expect([changed.id, changed.at, changed.weekdays, changed.version]).to.eql([seriesId, '18:00', [2], 2])
    world.clock.set('2026-09-08T08:00:00Z')
    await materialise()
    expect((await starts()).slice(0, 4)).to.eql(['2026-09-07T14:00', '2026-09-23T07:00', '2026-09-29T15:00', '2026-10-06T15:00'])
    expect((await lessons()).find(({ id }) => id === first?.id)?.status).to.equal('completed')
    const { exceptions } = await world.as('tutor').series.get({ seriesId })
    expect(exceptions.map(({ kind, lessonId }) => [kind, lessonId])).to.eql([
      ['cancelled', second?.id],
      ['moved', third?.id],
    ])
    expect(new Set((await lessons()).map(({ id }) => id)).size).to.equal((await lessons()).length)
  })

  it('from one lesson on becomes a series of its own, with those before untouched', async () => {
    const { id: seriesId } = await plan({ count: 6 })
    const before = await lessons()
    const next = await world.as('tutor').series.change({
      seriesId,
      version: 1,
      scope: 'following',
      on: '2026-09-28',
      at: '09:00',
      minutes: 90,
      students: [{ studentId: world.people.sibling.userId, priceMinor: 1 }],
    })
    expect([next.id === seriesId, next.count, next.version]).to.eql([false, 3, 1])
    const after = await lessons()
    expect(after.slice(0, 3)).to.eql(before.slice(0, 3))
    expect(after.slice(3).map(({ id }) => id)).to.eql(before.slice(3).map(({ id }) => id))
    for (const lesson of after.slice(3)) {
      expect(lesson).to.include({ seriesId: next.id, minutes: 90, version: 2 })
      expect(lesson.students.map(({ studentId, priceMinor }) => [studentId, priceMinor])).to.eql([[world.people.sibling.userId, 1]])
    }
    expect((await world.as('tutor').series.get({ seriesId })).until).to.equal('2026-09-27')
    expect((await world.as('tutor').series.list({})).series.map(({ id }) => id)).to.eql([next.id, seriesId])
    expect(await materialise()).to.equal(0)
    expect(await world.published('lesson.moved')).to.have.length(3)
    await world.as('student').familyLessons.list({ from, until })
    expect((await world.as('student').familyLessons.list({ from, until })).lessons).to.have.length(3)
  })

  it('is put back to its wall time, and that is told once, where the law has changed the clocks; lessons moved by hand stay', async () => {
    const { id: seriesId } = await plan({ count: 4, minutes: 90 })
    const [, byHand] = await lessons()
    await world.as('tutor').lessons.move({ lessonId: byHand?.id ?? '', startsAt: '2026-09-15T10:00:00.000Z' })
    const [first, moved, ...rest] = (await lessons()).map(({ startsAt }) => startsAt)
    await world.sql(`update lesson.lesson set starts_at = starts_at + interval '1 hour' where moved_from is null`)
    await world.sql(`update lesson.hold h set during = tstzrange(l.starts_at, l.starts_at + make_interval(mins => l.minutes))
      from lesson.lesson l where l.id = h.lesson_id`)
    await materialise()
    expect((await lessons()).map(({ startsAt }) => startsAt)).to.eql([first, moved, ...rest])
    await materialise()
    expect(await world.published('lesson.moved')).to.have.length(4)
    expect((await world.as('tutor').series.get({ seriesId })).exceptions.map(({ kind }) => kind)).to.eql(['moved'])
  })

  it('may lie whole beyond the weeks that are planned ahead, and is listed', async () => {
    const { id } = await plan({ from: '2027-03-01', until: '2027-06-07' })
    expect(await lessons()).to.eql([])
    expect((await world.as('tutor').series.list({})).series.map((one) => one.id)).to.eql([id])
  })

  it('loses its end when that is asked for, and keeps it through any other change', async () => {
    const { id: seriesId } = await plan({ until: '2026-12-28' })
    const kept = await world.as('tutor').series.change({ seriesId, version: 1, scope: 'all', at: '18:00' })
    expect(kept.until).to.equal('2026-12-28')
    const open = await world.as('tutor').series.change({ seriesId, version: 2, scope: 'all', until: null })
    expect([open.until, open.count]).to.eql([undefined, undefined])
  })

  it('that would clash after a change is left as it was', async () => {
    const { id: seriesId } = await plan()
    const before = await lessons()
    await world.as('tutor').lessons.plan(lessonPlan(world, { startsAt: '2026-10-06T14:30:00.000Z', minutes: 30 }))
    expect(await code(world.as('tutor').series.change({ seriesId, version: 1, scope: 'all', weekdays: [2] }))).to.equal('double_booked')
    expect((await lessons()).filter((lesson) => lesson.seriesId)).to.eql(before)
    expect((await world.as('tutor').series.get({ seriesId })).version).to.equal(1)
  })

  it('is called off for one day, far ahead too, from a day on, or all that is ahead', async () => {
    const { id: seriesId } = await plan()
    const { series } = world.as('tutor')
    await series.cancel({ seriesId, scope: 'this', on: '2027-01-04', reason: 'New Year' })
    expect((await series.get({ seriesId })).exceptions.map(({ on, kind }) => [on, kind])).to.eql([['2027-01-04', 'cancelled']])
    world.clock.set('2026-12-01T08:00:00Z')
    await materialise()
    expect(await starts())
      .to.include.members(['2026-12-28T14:00', '2027-01-11T14:00'])
      .and.not.to.include('2027-01-04T14:00')
    expect(await code(series.cancel({ seriesId, scope: 'this', on: '2027-01-05' }))).to.equal('not_found')
    expect((await refusal(series.cancel({ seriesId, scope: 'following', on: '2099-01-05' }))).errors?.[0]?.field).to.equal('on')
    await series.cancel({ seriesId, scope: 'following', on: '2027-01-18' })
    expect((await starts()).at(-1)).to.equal('2027-01-11T14:00')
    world.clock.set('2026-12-08T08:00:00Z')
    expect(await materialise()).to.equal(0)
    await series.cancel({ seriesId, scope: 'all' })
    expect((await starts()).at(-1)).to.equal('2026-12-07T14:00')
    expect(await code(series.change({ seriesId, version: (await series.get({ seriesId })).version, scope: 'all', at: '10:00' }))).to.equal(
      'series_ended',
    )
  })

  it('one day of it can be moved far ahead, before it is planned', async () => {
    const { id: seriesId } = await plan()
    await world.as('tutor').series.change({ seriesId, version: 1, scope: 'this', on: '2027-01-04', date: '2027-01-06', at: '12:00' })
    world.clock.set('2026-12-01T08:00:00Z')
    await materialise()
    expect(await starts())
      .to.include('2027-01-06T09:00')
      .and.not.to.include('2027-01-04T14:00')
  })

  it('refuses a rule that makes no sense and names the field', async () => {
    const field = async (more: object) => (await refusal(plan(more))).errors?.[0]?.field
    expect(await field({ freq: 'daily' })).to.equal('weekdays')
    expect(await field({ weekdays: undefined })).to.equal('weekdays')
    expect(await field({ weekdays: [1, 1] })).to.equal('weekdays')
    expect(await field({ until: '2026-09-01' })).to.equal('until')
    expect(await field({ until: '2026-12-01', count: 3 })).to.equal('count')
    expect(await field({ weekdays: [2], until: '2026-09-07' })).to.equal('until')
    expect(await field({ at: '25:00' })).to.equal('at')
    expect(await field({ from: '2025-01-01' })).to.equal('from')
    expect(await field({ interval: 13 })).to.equal('interval')
  })

  it('of another tutor cannot be seen or changed', async () => {
    const { id: seriesId } = await plan()
    const other = world.as('otherTutor').series
    expect((await other.list({})).series).to.eql([])
    expect(await code(other.get({ seriesId }))).to.equal('not_found')
    expect(await code(other.change({ seriesId, version: 1, scope: 'all', at: '10:00' }))).to.equal('not_found')
    expect(await code(other.cancel({ seriesId, scope: 'all' }))).to.equal('not_found')
    expect(await code(world.as('stranger').series.get({ seriesId }))).to.equal('not_found')
  })
})
