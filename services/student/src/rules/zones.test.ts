import { expect } from 'chai'
import fc from 'fast-check'
import { type Calendar, dateOf, dayOf, dayOfDate, nextDayStart, skippedDays, withZone } from './zones.ts'

const at = (iso: string) => Date.parse(iso)
const living = (...zones: [zone: string, since: string][]): Calendar => ({
  zones: zones.map(([zone, since], index) => ({ version: index + 1, zone, since: at(since) })),
  dayStartHour: 0,
})
const dateIn = (calendar: Calendar, iso: string) => dateOf(dayOf(at(iso), calendar) ?? Number.NaN)
const testZones = ['Europe/Moscow', 'Europe/Kaliningrad', 'Asia/Vladivostok', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu']
const changesOf = (zones: Calendar['zones']) => zones.filter(({ zone }, index) => zone !== zones[index - 1]?.zone)

describe('zones', () => {
  it('a day is the calendar date where the student is', () => {
    expect(dateIn(living(['Asia/Vladivostok', '2026-01-01']), '2026-03-01T15:00:00Z')).to.equal('2026-03-02')
    expect(dateIn(living(['America/New_York', '2026-01-01']), '2026-03-01T03:00:00Z')).to.equal('2026-02-28')
  })

  it('with a later start of the day the hours after midnight belong to the day before', () => {
    const calendar = { ...living(['Europe/Moscow', '2026-01-01']), dayStartHour: 3 }
    expect(dateIn(calendar, '2026-03-01T23:30:00Z')).to.equal('2026-03-01')
    expect(dateIn(calendar, '2026-03-02T00:00:00Z')).to.equal('2026-03-02')
  })

  it('without a zone there is no day', () => {
    expect(dayOf(0, { zones: [], dayStartHour: 0 })).to.equal(null)
  })

  it('the next day begins where this one ends, in every test zone and through every change of the clocks', () => {
    fc.assert(
      fc.property(fc.constantFrom(...testZones), fc.integer({ min: at('2020-01-01'), max: at('2030-01-01') }), (zone, now) => {
        const calendar = living([zone, '2019-01-01'])
        const next = nextDayStart(now, calendar)
        expect(next).to.be.greaterThan(now)
        expect(dayOf(next, calendar)).to.equal((dayOf(now, calendar) ?? 0) + 1)
        expect(dayOf(next - 1, calendar)).to.equal(dayOf(now, calendar))
      }),
    )
  })

  it('a change of zone takes effect with the next local day', () => {
    const calendar = living(['Europe/Moscow', '2026-01-01'], ['Asia/Vladivostok', '2026-05-10T09:00:00Z'])
    expect(dateIn(calendar, '2026-05-10T20:00:00Z')).to.equal('2026-05-10')
    expect(dateIn(calendar, '2026-05-10T21:00:00Z')).to.equal('2026-05-11')
    expect(dateIn(calendar, '2026-05-11T14:00:00Z')).to.equal('2026-05-12')
  })

  it('flying west repeats a date and never counts it as two', () => {
    const calendar = living(['Asia/Vladivostok', '2026-01-01'], ['America/New_York', '2026-05-10T02:00:00Z'])
    expect(dateIn(calendar, '2026-05-10T05:00:00Z')).to.equal('2026-05-10')
    expect(dateIn(calendar, '2026-05-10T20:00:00Z')).to.equal('2026-05-10')
    expect(skippedDays(calendar)).to.deep.equal([])
  })

  it('crossing the date line east gives the day that was skipped', () => {
    const calendar = living(['Pacific/Pago_Pago', '2026-01-01'], ['Pacific/Kiritimati', '2026-05-10T20:00:00Z'])
    expect(skippedDays(calendar).map(dateOf)).to.deep.equal(['2026-05-11'])
  })

  it('a second change within a week waits for its end', () => {
    const calendar = living(
      ['Europe/Moscow', '2026-01-01'],
      ['Asia/Vladivostok', '2026-05-10T09:00:00Z'],
      ['Europe/Moscow', '2026-05-12T09:00:00Z'],
    )
    expect(dateIn(calendar, '2026-05-16T20:00:00Z')).to.equal('2026-05-17')
    expect(dateIn(calendar, '2026-05-17T20:59:00Z')).to.equal('2026-05-18')
    expect(dateIn(calendar, '2026-05-17T21:00:00Z')).to.equal('2026-05-18')
    expect(dateIn(calendar, '2026-05-18T20:00:00Z')).to.equal('2026-05-18')
  })

  it('a change that had to wait takes effect between two days, and not in the middle of one', () => {
    const there = living(
      ['Europe/Moscow', '2026-01-01'],
      ['Asia/Tokyo', '2026-12-01T09:00:00Z'],
      ['America/New_York', '2026-12-03T09:00:00Z'],
    )
    expect(['2026-12-08T16:00:00Z', '2026-12-08T22:00:00Z', '2026-12-09T05:01:00Z'].map((iso) => dateIn(there, iso))).to.deep.equal([
      '2026-12-09',
      '2026-12-09',
      '2026-12-09',
    ])
    const back = living(
      ['Europe/Moscow', '2026-01-01'],
      ['America/New_York', '2026-12-01T09:00:00Z'],
      ['Asia/Tokyo', '2026-12-03T09:00:00Z'],
    )
    expect(['2026-12-09T04:00:00Z', '2026-12-09T06:00:00Z'].map((iso) => dateIn(back, iso))).to.deep.equal(['2026-12-08', '2026-12-09'])
  })

  it('no journey between the test zones, however often the zone is changed, comes back to a day that was over', () => {
    const stay = fc.record({ zone: fc.constantFrom(...testZones), hours: fc.integer({ min: 1, max: 400 }) })
    fc.assert(
      fc.property(fc.array(stay, { minLength: 2, maxLength: 6 }), (stays) => {
        const hoursUntil = (index: number) => stays.slice(0, index).reduce((sum, { hours }) => sum + hours, 0)
        const since = (index: number) => at('2026-01-01T00:00:00Z') + hoursUntil(index) * 3_600_000
        const zones = stays.map(({ zone }, index) => ({ version: index + 1, zone, since: since(index) }))
        const days = Array.from({ length: 24 * 60 }, (_, hour) =>
          dayOf(at('2026-01-01T00:00:00Z') + hour * 3_600_000, { zones, dayStartHour: 0 }),
        )
        for (const [hour, day] of days.entries()) expect(day, `hour ${hour}`).to.be.at.least(days[hour - 1] ?? 0)
      }),
      { numRuns: 15 },
    )
  })

  it('cards in any order, twice, leave the same history of zones', () => {
    const cards = ['Europe/Moscow', 'Europe/Moscow', 'Asia/Kathmandu', 'Europe/Moscow'].map((zone, index) => ({
      version: index + 1,
      zone,
      since: index * 1000,
    }))
    const inOrder = cards.reduce(withZone, [] as ReturnType<typeof withZone>)
    fc.assert(
      fc.property(fc.shuffledSubarray([...cards, ...cards], { minLength: 8 }), (shuffled) => {
        const zones = shuffled.reduce(withZone, [] as ReturnType<typeof withZone>)
        expect(changesOf(zones)).to.deep.equal(changesOf(inOrder))
      }),
    )
  })

  it('a date becomes a day number and back', () => {
    expect(dayOfDate('1970-01-02')).to.equal(1)
    expect(dateOf(dayOfDate('2028-02-29'))).to.equal('2028-02-29')
  })
})
