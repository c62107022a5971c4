import { addDays, localDay, mondayOf } from '@repitbot/contracts/calendar'
import { events } from '@repitbot/contracts/events'
import { seriesAheadDays } from '@repitbot/contracts/series-ahead'
import { expect } from 'chai'
import fc from 'fast-check'
import { type Change, cancelSeries, changeSeries, type SeriesOutcome } from './change-series.ts'
import type { Lesson } from './lesson.ts'
import type { SeriesLesson } from './reschedule-series.ts'
import type { Rule } from './series.ts'
import { missingLessons, type Series } from './series-lessons.ts'

const id = '0190a000-0000-7000-8000-000000000001'
const splitId = '0190a000-0000-7000-8000-000000000002'
const tutor = '0190a000-0000-7000-8000-000000000003'
const seriesOf = (rule: Partial<Rule>): Series => ({
  id,
  tutorId: tutor,
  tutorName: 'T',
  type: 'individual',
  subject: 'Maths',
  minutes: 60,
  version: 1,
  rule: { freq: 'weekly', interval: 1, weekdays: [1], at: '17:00', zone: 'Europe/Moscow', from: '2026-01-05', ...rule },
  students: [{ studentId: '0190a000-0000-7000-8000-000000000004', name: 'A', priceMinor: 1000, currency: 'RUB' }],
})
const now = new Date('2026-01-20T08:00:00Z')
const lessonsOf = (series: Series, today = '2026-01-20') =>
  missingLessons(series, { from: series.rule.from, today }, new Set()) as SeriesLesson[]
const change = (series: Series, lessons: SeriesLesson[], given: Partial<Change> & { since?: string }, at = now) => {
  const today = localDay(at, series.rule.zone)
  const { since = today, ...what } = given
  const outcome = changeSeries(series, lessons, {
    rule: {},
    fields: {},
    ...what,
    since,
    today,
    now: at,
    by: tutor,
    splitId: given.since ? splitId : undefined,
  })
  if (outcome === 'series_ended') throw new Error(outcome)
  for (const { name, body } of [...outcome.changed, ...outcome.added].flatMap(({ events }) => events))
    events[name].body.strict().parse(JSON.parse(JSON.stringify(body)))
  return outcome
}
/** All lessons as they are after an outcome. */
function after(lessons: SeriesLesson[], { changed, added }: SeriesOutcome): Lesson[] {
  const replaced = new Map(changed.map(({ lesson }) => [lesson.id, lesson]))
  return [...lessons.map((lesson) => replaced.get(lesson.id) ?? lesson), ...added.map(({ lesson }) => lesson)].sort((a, b) =>
    a.startsAt < b.startsAt ? -1 : 1,
  )
}
const starts = (lessons: Lesson[]) =>
  lessons.filter(({ status }) => !status.startsWith('cancelled')).map(({ startsAt }) => startsAt.slice(0, 16))

describe('changing a series', () => {
  it('moves the lessons that are ahead, and no other', () => {
    const series = seriesOf({})
    const lessons = lessonsOf(series)
    const outcome = change(series, lessons, { rule: { at: '18:00' } })
    expect(outcome.ended).to.equal(undefined)
    expect(outcome.added).to.eql([])
    expect(starts(after(lessons, outcome)).slice(0, 4)).to.eql([
      '2026-01-05T14:00',
      '2026-01-12T14:00',
      '2026-01-19T14:00',
      '2026-01-26T15:00',
    ])
    expect(new Set(outcome.changed.flatMap(({ events }) => events).map(({ name }) => name))).to.eql(new Set(['lesson.moved']))
  })

  it('to another weekday keeps each lesson as the lesson of its week', () => {
    const series = seriesOf({})
    const lessons = lessonsOf(series)
    const outcome = change(series, lessons, { rule: { weekdays: [3] } })
    const laid = after(lessons, outcome)
    expect(starts(laid).slice(2, 5)).to.eql(['2026-01-19T14:00', '2026-01-28T14:00', '2026-02-04T14:00'])
    expect(laid.map((lesson) => lesson.id)).to.eql(lessons.map((lesson) => lesson.id))
  })

  it('to more weekdays adds lessons, to fewer calls them off, and back again plans them anew', () => {
    const series = seriesOf({})
    const lessons = lessonsOf(series)
    const more = change(series, lessons, { rule: { weekdays: [1, 4] } })
    expect(starts(after(lessons, more)).slice(3, 6)).to.eql(['2026-01-26T14:00', '2026-01-29T14:00', '2026-02-02T14:00'])
    const withMore = after(lessons, more) as SeriesLesson[]
    const fewer = change(more.series, withMore, { rule: { weekdays: [1] } })
    const withFewer = after(withMore, fewer)
    expect(starts(withFewer)).to.eql(starts(lessons))
    const again = change(
      fewer.series,
      withFewer.filter((lesson): lesson is SeriesLesson => Boolean(lesson.seriesOn)),
      { rule: { weekdays: [1, 4] } },
    )
    expect(again.added.map(({ lesson }) => lesson.startsAt)).to.eql(more.added.map(({ lesson }) => lesson.startsAt))
    expect(again.added.map(({ lesson }) => lesson.id)).not.to.include.members([more.added[0]?.lesson.id])
  })

  it('leaves completed, cancelled and moved lessons as they are, and plans nothing beside them', () => {
    const series = seriesOf({})
    const [a, b, c, d, e, ...rest] = lessonsOf(series) as [
      SeriesLesson,
      SeriesLesson,
      SeriesLesson,
      SeriesLesson,
      SeriesLesson,
      ...SeriesLesson[],
    ]
    const off: SeriesLesson = { ...d, status: 'cancelled_free' }
    const byHand: SeriesLesson = { ...e, startsAt: '2026-02-04T09:00:00.000Z', movedFrom: e.startsAt }
    const lessons: SeriesLesson[] = [{ ...a, status: 'completed' }, b, { ...c, status: 'completed' }, off, byHand, ...rest]
    const outcome = change(series, lessons, { rule: { weekdays: [2] } })
    const laid = after(lessons, outcome)
    expect(outcome.added).to.eql([])
    for (const frozen of [lessons[0], lessons[2], off, byHand])
      expect({ ...laid.find((lesson) => lesson.id === frozen?.id), seriesOn: undefined }).to.eql({ ...frozen, seriesOn: undefined })
    expect(starts(laid)).not.to.include('2026-01-27T14:00').and.not.to.include('2026-02-03T14:00')
    expect(starts(laid)).to.include('2026-02-10T14:00')
  })

  it('from one lesson on splits it there, and leaves those before alone', () => {
    const series = seriesOf({ count: 10 })
    const lessons = lessonsOf(series)
    const outcome = change(series, lessons, { since: '2026-02-09', rule: { at: '09:00' }, fields: { minutes: 90 } })
    expect(outcome.ended?.rule).to.include({ until: '2026-02-08', count: undefined })
    expect(outcome.series).to.deep.include({ id: splitId, version: 1, minutes: 90 })
    expect(outcome.series.rule).to.include({ from: '2026-02-09', count: 5 })
    const laid = after(lessons, outcome)
    expect(laid).to.have.length(10)
    expect(laid.filter(({ seriesId }) => seriesId === splitId).map(({ startsAt, minutes }) => [startsAt, minutes])[0]).to.eql([
      '2026-02-09T06:00:00.000Z',
      90,
    ])
    expect(laid.slice(0, 5)).to.eql(lessons.slice(0, 5))
  })

  it('from its first lesson on changes it whole', () => {
    const series = seriesOf({ from: '2026-02-02' })
    const outcome = change(series, lessonsOf(series), { since: '2026-02-02', rule: { at: '09:00' } })
    expect([outcome.ended, outcome.series.id, outcome.series.version]).to.eql([undefined, id, 2])
  })

  it('keeps the phase of every second week', () => {
    const series = seriesOf({ interval: 2 })
    const lessons = lessonsOf(series)
    const laid = after(lessons, change(series, lessons, { rule: { weekdays: [2] } }))
    expect(starts(laid).slice(0, 4)).to.eql(['2026-01-05T14:00', '2026-01-19T14:00', '2026-02-03T14:00', '2026-02-17T14:00'])
  })

  it('changing nothing says nothing', () => {
    const series = seriesOf({ weekdays: [1, 3, 5] })
    const outcome = change(series, lessonsOf(series), {})
    expect([...outcome.changed, ...outcome.added].flatMap(({ events }) => events)).to.eql([])
  })

  it('that has nothing ahead is refused', () => {
    const series = seriesOf({ until: '2026-01-10' })
    expect(changeSeries(series, [], { rule: {}, fields: {}, since: '2026-01-20', today: '2026-01-20', now, by: tutor })).to.equal(
      'series_ended',
    )
  })

  it('never touches what is past or settled, never plans a day twice, and then lacks nothing', () => {
    const weekdays = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 5 }).map((days) => days.sort())
    const at = fc.constantFrom('02:30', '09:00', '17:00', '23:30')
    const given = fc.record({
      zone: fc.constantFrom('Europe/Moscow', 'America/New_York', 'Australia/Lord_Howe'),
      first: weekdays,
      second: weekdays,
      interval: fc.integer({ min: 1, max: 3 }),
      times: fc.tuple(at, at),
      since: fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined }),
      marks: fc.array(fc.constantFrom('off', 'moved', 'plain', 'plain'), { minLength: 20, maxLength: 20 }),
    })
    fc.assert(
      fc.property(given, ({ zone, first, second, interval, times, since, marks }) => {
        const series = seriesOf({ zone, weekdays: first, interval, at: times[0], from: '2026-01-07' })
        const lessons = lessonsOf(series).map((lesson, n): SeriesLesson => {
          if (Date.parse(lesson.startsAt) < now.getTime()) return { ...lesson, status: 'completed' }
          if (marks[n % 20] === 'off') return { ...lesson, status: 'cancelled_free' }
          return marks[n % 20] === 'moved'
            ? { ...lesson, movedFrom: lesson.startsAt, startsAt: `${addDays(lesson.seriesOn, 1)}T03:00:00.000Z` }
            : lesson
        })
        const outcome = change(series, lessons, {
          rule: { weekdays: second, at: times[1] },
          since: since ? addDays('2026-01-20', since) : undefined,
        })
        const laid = after(lessons, outcome)
        for (const lesson of lessons) {
          const next = laid.find((one) => one.id === lesson.id)
          const frozen = lesson.status !== 'scheduled' || lesson.movedFrom || Date.parse(lesson.startsAt) <= now.getTime()
          if (frozen) expect([next?.startsAt, next?.status, next?.version]).to.eql([lesson.startsAt, lesson.status, lesson.version])
        }
        const days = laid.filter((lesson) => lesson.seriesOn).map((lesson) => `${lesson.seriesId} ${lesson.seriesOn}`)
        expect(new Set(days).size).to.equal(days.length)
        const taken = new Set(laid.filter((lesson) => lesson.seriesId === outcome.series.id).map((lesson) => lesson.seriesOn ?? ''))
        const today = localDay(now, zone)
        const from = [addDays(today, 1), mondayOf(addDays('2026-01-20', (since ?? 0) + 7))].sort()[1] as string
        expect(missingLessons(outcome.series, { from, today }, taken)).to.eql([])
      }),
      { numRuns: 300 },
    )
  })
})

describe('calling a series off', () => {
  it('calls off what is ahead, moved lessons too, and plans nothing any more', () => {
    const series = seriesOf({})
    const lessons = lessonsOf(series).map(
      (lesson, n): SeriesLesson => (n === 5 ? { ...lesson, movedFrom: lesson.startsAt, startsAt: '2026-02-10T09:00:00.000Z' } : lesson),
    )
    const today = '2026-01-20'
    const outcome = cancelSeries(series, lessons, { since: '2026-02-09', today, now, by: tutor, reason: 'Summer' })
    expect(starts(after(lessons, outcome))).to.have.length(5)
    expect(outcome.series.rule.until).to.equal('2026-02-08')
    expect(
      missingLessons(
        outcome.series,
        { from: today, today: addDays(today, seriesAheadDays) },
        new Set(lessons.map((lesson) => lesson.seriesOn)),
      ),
    ).to.eql([])
  })
})
