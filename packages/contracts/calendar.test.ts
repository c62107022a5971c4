import { expect } from 'chai'
import fc from 'fast-check'
import { addDays, addMinutes, instantOf, isDay, localDay, mondayOf, offsetMsAt, startOfDay, wallTimeOf, weekdayOf } from './calendar.ts'

/** Zones whose clocks do what is hard: half an hour, a day that was left out, a change at midnight, three quarters of an hour. */
const hard = [
  ...['Europe/Moscow', 'Europe/Kaliningrad', 'America/New_York', 'Asia/Vladivostok', 'Australia/Lord_Howe', 'Pacific/Apia'],
  ...['Asia/Kathmandu', 'Africa/Cairo', 'America/Scoresbysund', 'Africa/Casablanca', 'Pacific/Chatham', 'UTC'],
]
const zones = fc.oneof(fc.constantFrom(...hard), fc.constantFrom(...Intl.supportedValuesOf('timeZone')))
const ms = fc.integer({ min: Date.parse('1990-01-01'), max: Date.parse('2040-01-01') })
const zoned = (at: number, zone: string) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone)
/** A zone and an instant, mostly within two days of a change of its clocks. */
const moments = fc
  .tuple(zones, ms, fc.integer({ min: -2_880, max: 2_880 }), fc.integer({ min: 0, max: 9 }))
  .map(([zone, at, minutes, of10]) => {
    const change = of10 && zoned(at, zone).getTimeZoneTransition('next')
    return { zone, at: change ? change.epochMilliseconds + minutes * 60_000 + 123 : at }
  })

describe('the calendar', () => {
  it('has the day, the wall time and the offset that Temporal has, in every zone and through every change of the clocks', () => {
    fc.assert(
      fc.property(moments, ({ zone, at }) => {
        const local = zoned(at, zone)
        expect(localDay(at, zone)).to.equal(local.toPlainDate().toString())
        expect(wallTimeOf(new Date(at), zone)).to.equal(local.toPlainDateTime().toString({ smallestUnit: 'minute' }))
        expect(offsetMsAt(new Date(at).toISOString(), zone)).to.equal(local.offsetNanoseconds / 1e6)
      }),
      { numRuns: 3_000 },
    )
  })

  it('finds the same instant of a wall time as Temporal, also of one that is skipped or comes twice', () => {
    fc.assert(
      fc.property(moments, fc.constantFrom('00:00', '01:30', '02:00', '02:15', '23:30', undefined), ({ zone, at }, given) => {
        const local = zoned(at, zone).toPlainDateTime()
        const [day, time] = [local.toPlainDate().toString(), given ?? local.toPlainTime().toString({ smallestUnit: 'minute' })]
        const expected = Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(zone, { disambiguation: 'compatible' })
        expect(instantOf(day, time, zone).getTime(), `${day} ${time} ${zone}`).to.equal(expected.epochMilliseconds)
      }),
      { numRuns: 3_000 },
    )
  })

  it('starts a day with its first instant, whenever the clocks change', () => {
    fc.assert(
      fc.property(moments, ({ zone, at }) => {
        const day = localDay(at, zone)
        expect(startOfDay(day, zone).getTime()).to.equal(zoned(at, zone).startOfDay().epochMilliseconds)
      }),
      { numRuns: 3_000 },
    )
  })

  it('counts days and weeks as Temporal does', () => {
    fc.assert(
      fc.property(ms, fc.integer({ min: -1_000, max: 1_000 }), (at, days) => {
        const day = localDay(at, 'UTC')
        const plain = Temporal.PlainDate.from(day)
        expect(addDays(day, days)).to.equal(plain.add({ days }).toString())
        expect(weekdayOf(day)).to.equal(plain.dayOfWeek)
        expect(mondayOf(day)).to.equal(plain.subtract({ days: plain.dayOfWeek - 1 }).toString())
        const wall = plain.toPlainDateTime({ hour: 12 })
        expect(addMinutes(`${day}T12:00`, days)).to.equal(wall.add({ minutes: days }).toString({ smallestUnit: 'minute' }))
      }),
    )
  })

  it('refuses a text that only looks like a day', () => {
    for (const text of ['2026-02-28', '2028-02-29', '2026-12-31']) expect(isDay(text), text).to.equal(true)
    for (const text of ['2026-02-29', '2026-13-01', '2026-00-10', '2026-1-1', '2026-01-01T00:00', 'today', ''])
      expect(isDay(text), text).to.equal(false)
  })

  it('finds the local date of a zone', () => {
    expect(localDay(new Date('2026-03-08T20:30:00Z'), 'Asia/Vladivostok')).to.equal('2026-03-09')
    expect(localDay(new Date('2026-03-08T03:30:00Z'), 'America/New_York')).to.equal('2026-03-07')
  })

  it('refuses an unknown zone', () => expect(() => localDay(0, 'Europe/Atlantis')).to.throw(RangeError))
})

describe('a wall time when the clocks change', () => {
  const start = (zone: string, time: string, day: string) => instantOf(day, time, zone).toISOString()

  it('that is skipped is later by the skipped span', () => {
    expect(start('America/New_York', '02:30', '2026-03-08')).to.equal('2026-03-08T07:30:00.000Z')
    expect(wallTimeOf('2026-03-08T07:30:00Z', 'America/New_York')).to.equal('2026-03-08T03:30')
    expect(wallTimeOf(start('Australia/Lord_Howe', '02:15', '2026-10-04'), 'Australia/Lord_Howe')).to.equal('2026-10-04T02:45')
    expect(wallTimeOf(start('Pacific/Apia', '10:00', '2011-12-30'), 'Pacific/Apia')).to.equal('2011-12-31T10:00')
  })

  it('that comes twice is the first', () => {
    expect(start('America/New_York', '01:30', '2026-11-01')).to.equal('2026-11-01T05:30:00.000Z')
    expect(start('Australia/Lord_Howe', '01:45', '2026-04-05')).to.equal('2026-04-04T14:45:00.000Z')
  })

  it('stays the same wall time the day before and after', () => {
    expect(start('America/New_York', '17:00', '2026-03-07')).to.equal('2026-03-07T22:00:00.000Z')
    expect(start('America/New_York', '17:00', '2026-03-08')).to.equal('2026-03-08T21:00:00.000Z')
    expect(start('Asia/Kathmandu', '17:00', '2026-03-08')).to.equal('2026-03-08T11:15:00.000Z')
    expect(start('Asia/Vladivostok', '17:00', '2026-03-08')).to.equal('2026-03-08T07:00:00.000Z')
    expect(start('Europe/Kaliningrad', '17:00', '2026-03-08')).to.equal('2026-03-08T15:00:00.000Z')
  })
})
