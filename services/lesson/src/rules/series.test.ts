import { addDays } from '@repitbot/contracts/calendar'
import { expect } from 'chai'
import fc from 'fast-check'
import { occurrenceId, occurrences, type Rule } from './series.ts'

const zones = ['Europe/Moscow', 'Europe/Kaliningrad', 'Asia/Vladivostok', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu']
const rule = (given: Partial<Rule>): Rule => ({
  freq: 'weekly',
  interval: 1,
  weekdays: [1],
  at: '17:00',
  zone: 'Europe/Moscow',
  from: '2026-01-05',
  ...given,
})
const day = fc.integer({ min: 0, max: 1200 }).map((days) => addDays('2025-01-01', days))
const rules = fc
  .record({
    freq: fc.constantFrom('daily' as const, 'weekly' as const),
    interval: fc.integer({ min: 1, max: 12 }),
    weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 }),
    at: fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map(([h, m]) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`),
    zone: fc.constantFrom(...zones),
    from: day,
    count: fc.option(fc.integer({ min: 1, max: 100 }), { nil: undefined }),
  })
  .map((given): Rule => (given.freq === 'daily' ? { ...given, weekdays: [] } : given))
const wall = (startsAt: string, zone: string) => Temporal.Instant.from(startsAt).toZonedDateTimeISO(zone)

describe('a series', () => {
  it('gives the weekdays of every week', () => {
    const found = occurrences(rule({ weekdays: [1, 4] }), { from: '2026-01-01', until: '2026-01-18' })
    expect(found.map(({ on }) => on)).to.eql(['2026-01-05', '2026-01-08', '2026-01-12', '2026-01-15'])
    expect(found[0]?.startsAt).to.equal('2026-01-05T14:00:00.000Z')
  })

  it('counts every second week from the week of its first day, whatever the weekday', () => {
    const found = occurrences(rule({ weekdays: [1, 5], interval: 2, from: '2026-01-07' }), { from: '2026-01-01', until: '2026-02-10' })
    expect(found.map(({ on }) => on)).to.eql(['2026-01-09', '2026-01-19', '2026-01-23', '2026-02-02', '2026-02-06'])
  })

  it('ends after its count, whichever part of it is asked for', () => {
    const counted = rule({ freq: 'daily', weekdays: [], count: 5 })
    expect(occurrences(counted, { from: '2026-01-08', until: '2026-12-31' }).map(({ on }) => on)).to.eql(['2026-01-08', '2026-01-09'])
  })

  it('ends with its last day', () => {
    const found = occurrences(rule({ until: '2026-01-12' }), { from: '2026-01-01', until: '2026-12-31' })
    expect(found.map(({ on }) => on)).to.eql(['2026-01-05', '2026-01-12'])
  })

  it('stays at its wall time in every zone on every day that has that time', () => {
    fc.assert(
      fc.property(rules, (given) => {
        for (const { on, startsAt } of occurrences(given, { from: given.from, until: addDays(given.from, 400) })) {
          const local = wall(startsAt, given.zone)
          const asPlanned = Temporal.PlainDate.from(on).toPlainDateTime(Temporal.PlainTime.from(given.at))
          if (!asPlanned.equals(local.toPlainDateTime())) {
            const skipped = local.toPlainDateTime().since(asPlanned).total('minutes')
            expect(skipped).to.equal(given.zone === 'Australia/Lord_Howe' ? 30 : 60)
          }
        }
      }),
      { numRuns: 60 },
    )
  })

  it('gives the same days in parts as in one', () => {
    fc.assert(
      fc.property(rules, fc.integer({ min: 0, max: 300 }), (given, cut) => {
        const middle = addDays(given.from, cut)
        const end = addDays(given.from, 300)
        const parts = [
          ...occurrences(given, { from: given.from, until: middle }),
          ...occurrences(given, { from: addDays(middle, 1), until: end }),
        ]
        expect(parts).to.eql(occurrences(given, { from: given.from, until: end }))
      }),
      { numRuns: 60 },
    )
  })

  it('names each day once, in order, on a weekday of its rule', () => {
    fc.assert(
      fc.property(rules, (given) => {
        const found = occurrences(given, { from: given.from, until: addDays(given.from, 200) }).map(({ on }) => on)
        expect(found).to.eql([...new Set(found)].sort())
        for (const on of found) if (given.freq === 'weekly') expect(given.weekdays).to.include(Temporal.PlainDate.from(on).dayOfWeek)
      }),
      { numRuns: 60 },
    )
  })
})

describe('the id of a lesson of a series', () => {
  const id = '0190a000-0000-7000-8000-000000000001'
  it('is the same whenever it is made, and another for each day and version', () => {
    const first = occurrenceId({ id, version: 1 }, '2026-01-05')
    expect(first).to.match(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(occurrenceId({ id, version: 1 }, '2026-01-05')).to.equal(first)
    expect(occurrenceId({ id, version: 1 }, '2026-01-06')).not.to.equal(first)
    expect(occurrenceId({ id, version: 2 }, '2026-01-05')).not.to.equal(first)
  })
})
