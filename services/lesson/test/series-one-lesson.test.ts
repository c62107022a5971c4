import type { World } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import { code, refusal } from './lesson-requests.ts'
import { openSeriesWorld, type SeriesWorld } from './series-world.ts'

describe('lesson: one lesson of a series is changed alone', () => {
  let opened: SeriesWorld
  let world: World
  before(async () => {
    opened = await openSeriesWorld()
    world = opened.world
  })
  beforeEach(() => opened.empty())
  after(() => world.close())
  const series = () => world.as('tutor').series
  const seats = (priceMinor: number) => [{ studentId: world.people.student.userId, priceMinor }]
  /** What the lessons are about and cost, by their days. */
  const seen = async () =>
    (await opened.held()).map(({ seriesOn, subject, startsAt, students }) => [
      seriesOn,
      startsAt.slice(11, 16),
      subject,
      students.map(({ priceMinor }) => priceMinor).join(),
    ])
  const usual = (on: string, at = '14:00') => [on, at, 'Maths', '150000']

  it('in its subject, its price and its link, and no other lesson is', async () => {
    const { id: seriesId } = await opened.plan()
    const change = { subject: 'Physics', students: seats(90_000), videoUrl: 'https://meet.test/1' }
    const answer = await series().change({ seriesId, version: 1, scope: 'this', on: '2026-09-14', ...change })
    expect(answer, 'the series is as it was').to.include({ subject: 'Maths', version: 1 })
    expect((await seen()).slice(0, 3)).to.eql([usual('2026-09-07'), ['2026-09-14', '14:00', 'Physics', '90000'], usual('2026-09-21')])
    const lesson = (await opened.lessons()).find(({ seriesOn }) => seriesOn === '2026-09-14')
    expect(lesson).to.include({ version: 2, videoUrl: 'https://meet.test/1', status: 'scheduled' })
    const [said, ...others] = (await world.published('lesson.planned')).map(({ body }) => body).filter(({ version }) => version === 2)
    expect(others).to.eql([])
    expect(said?.was).to.deep.include({ subject: 'Maths', minutes: 60, by: world.people.tutor.userId })
    const again = await series().change({ seriesId, version: 1, scope: 'this', on: '2026-09-14', ...change })
    expect([again.version, (await world.published('lesson.planned')).length]).to.eql([1, 13])
    await world.as('tutor').lessons.undo({ lessonId: lesson?.id ?? '', version: 2 })
    expect((await seen())[1]).to.eql(usual('2026-09-14'))
  })

  it('together with its time, in one version and one event that says what stood before', async () => {
    const { id: seriesId } = await opened.plan()
    const change = { date: '2026-09-15', at: '10:00', minutes: 90, subject: 'Physics', students: seats(90_000) }
    await series().change({ seriesId, version: 1, scope: 'this', on: '2026-09-14', ...change })
    expect((await seen())[1]).to.eql(['2026-09-14', '07:00', 'Physics', '90000'])
    const [moved, ...others] = (await world.published('lesson.moved')).map(({ body }) => body)
    expect([others.length, (await world.published('lesson.planned')).length]).to.eql([0, 12])
    expect(moved).to.deep.include({ version: 2, minutes: 90, subject: 'Physics', movedFrom: '2026-09-14T14:00:00.000Z' })
    expect(moved?.was).to.deep.include({ subject: 'Maths', minutes: 60 })
    expect(moved?.was?.students.map(({ priceMinor }) => priceMinor)).to.eql([150_000])
  })

  it('far ahead too, before it is planned, and no night writes over it', async () => {
    const { id: seriesId } = await opened.plan()
    for (const on of ['2026-09-14', '2027-01-04'])
      await series().change({ seriesId, version: 1, scope: 'this', on, subject: 'Physics', students: seats(90_000) })
    for (const night of ['2026-09-02', '2026-12-01']) {
      world.clock.set(`${night}T08:00:00Z`)
      await opened.materialise()
    }
    const own = (await seen()).filter(([, , subject]) => subject === 'Physics')
    expect(own).to.eql(['2026-09-14', '2027-01-04'].map((on) => [on, '14:00', 'Physics', '90000']))
    expect((await seen()).filter(([on]) => on === '2027-01-04')).to.have.length(1)
  })

  it('a later change of all of it writes the fields that it names into this lesson too, and leaves its others', async () => {
    const { id: seriesId } = await opened.plan()
    await series().change({ seriesId, version: 1, scope: 'this', on: '2026-09-14', subject: 'Physics', students: seats(90_000) })
    await series().change({ seriesId, version: 1, scope: 'all', at: '18:00' })
    expect((await seen()).slice(0, 2)).to.eql([usual('2026-09-07', '15:00'), ['2026-09-14', '15:00', 'Physics', '90000']])
    await series().change({ seriesId, version: 2, scope: 'all', at: '19:00', subject: 'Chemistry' })
    expect((await seen())[1]).to.eql(['2026-09-14', '16:00', 'Chemistry', '90000'])
    const [told] = (await world.published('lesson.moved')).map(({ body }) => body).filter(({ version, was }) => version === 4 && was)
    expect(told?.was?.subject, 'the move says what stood before').to.equal('Physics')
  })

  it('not in what the series alone has, not with a stranger, and not when it is held', async () => {
    const { id: seriesId } = await opened.plan()
    const change = (more: object) => series().change({ seriesId, version: 1, scope: 'this', on: '2026-09-14', ...more })
    for (const more of [{ weekdays: [2] }, { interval: 2 }, { until: '2026-12-01' }])
      expect((await refusal(change(more))).errors?.map(({ field }) => field)).to.eql(['scope'])
    const stranger = [{ studentId: world.people.otherStudent.userId, priceMinor: 1 }]
    expect(await code(change({ students: stranger }))).to.equal('not_found')
    const both = [...seats(1), { studentId: world.people.sibling.userId, priceMinor: 1 }]
    expect((await refusal(change({ students: both }))).errors?.map(({ field }) => field)).to.eql(['students'])
    const lesson = (await opened.lessons()).find(({ seriesOn }) => seriesOn === '2026-09-14')
    await world.as('tutor').lessons.cancel({ lessonId: lesson?.id ?? '' })
    expect(await code(change({ subject: 'Physics' }))).to.equal('already_cancelled')
  })
})
