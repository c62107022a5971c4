import { addDays } from '@repitbot/contracts/calendar'
import { expect } from 'chai'
import fc from 'fast-check'
import { occurrences } from '../services/lesson/src/rules/series.ts'
import { comingOf } from '../web/src/lessons/plan/series-dates.ts'

describe('the dates of a series that the plan form shows', () => {
  it('are the dates that are planned, for every interval, end and set of weekdays', () => {
    const day = fc.integer({ min: 0, max: 400 }).map((days) => addDays('2026-01-01', days))
    const weekdays = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 })
    const ends = fc.oneof(fc.constant({}), fc.record({ count: fc.integer({ min: 1, max: 9 }) }), fc.record({ until: day }))
    fc.assert(
      fc.property(day, weekdays, fc.integer({ min: 1, max: 12 }), ends, (from, on, interval, end) => {
        const zone = 'America/New_York'
        const shown = comingOf({ day: from, weekdays: on, interval, ...end }, '17:00', zone)
        const rule = { freq: 'weekly' as const, interval, weekdays: on, at: '17:00', zone, from, ...end }
        const planned = occurrences(rule, { from, until: addDays(from, 500) }).slice(0, 5)
        expect(shown.map((one) => [one.day, new Date(one.startsAt).toISOString()])).to.eql(planned.map((one) => [one.on, one.startsAt]))
      }),
    )
  })
})
