import { expect } from 'chai'
import fc from 'fast-check'
import { milestoneReached, type Streak, streakOf } from './streak.ts'

const never = () => false
/** One sign a day from day 1: `x` one activity, `2` two, `.` none, `p` paused; the last sign is today. */
function after(signs: string): Streak {
  const days = [...signs].map((sign, index) => ({ sign, day: index + 1 }))
  const done: Record<string, number> = { x: 1, 2: 2 }
  const activities = new Map(days.filter(({ sign }) => sign in done).map(({ sign, day }) => [day, done[sign] ?? 0]))
  return streakOf(activities, (day) => days[day - 1]?.sign === 'p', signs.length)
}
const bridges = (signs: string) => [...after(signs).bridges].map(([day, kind]) => `${day} ${kind}`)

describe('the day streak', () => {
  it('counts days in a row up to today, or up to yesterday while today is still open', () => {
    expect(after('xxx')).to.include({ current: 3, best: 3, atRisk: false })
    expect(after('xxx.')).to.include({ current: 3, atRisk: true })
    expect(after('')).to.include({ current: 0, best: 0, atRisk: false })
  })

  it('begins with one freeze, which bridges a missed day without counting it', () => {
    expect(after('xx.x')).to.include({ current: 3, freezes: 0 })
    expect(bridges('xx.x')).to.deep.equal(['3 frozen'])
  })

  it('breaks at the close of a missed day when no freeze is left', () => {
    expect(after('xx..')).to.include({ current: 2, atRisk: true, freezes: 0 })
    expect(after('xx...')).to.include({ current: 0, best: 2, atRisk: false })
  })

  it('seven active days earn a freeze, and two are the most', () => {
    expect(after('xxxxxx')).to.include({ freezes: 1 })
    expect(after('xxxxxxx')).to.include({ freezes: 2 })
    expect(after('x'.repeat(40))).to.include({ freezes: 2 })
    expect(after('xxxxxxx..x')).to.include({ current: 8, freezes: 0 })
    expect(after('xxxxxxx...x')).to.include({ current: 1, best: 7 })
  })

  it('a late activity gives its freeze back', () => {
    expect(after('xx.x')).to.include({ current: 3, freezes: 0 })
    expect(after('xxxx')).to.include({ current: 4, freezes: 1 })
  })

  it('paused days bridge without counting and cost no freeze', () => {
    expect(after(`xx${'p'.repeat(20)}x`)).to.include({ current: 3, freezes: 1 })
  })

  it('two activities in one day within two days after a break repair it', () => {
    expect(after('xxx..2')).to.include({ current: 4 })
    expect(bridges('xxx..2')).to.deep.equal(['4 frozen', '5 repaired'])
    expect(after('xxx...2')).to.include({ current: 4 })
    expect(after('xxx..x2')).to.include({ current: 5 })
    expect(after('xxx....2')).to.include({ current: 1 })
    expect(after('xxx..x')).to.include({ current: 1 })
  })

  it('a repair is possible once in 30 days', () => {
    expect(after('xxx..2.2')).to.include({ current: 1 })
    expect(after(`xxx..2${'x'.repeat(28)}..`).current).to.equal(32)
    expect(after(`xxx..2.......${'p'.repeat(25)}xx..2`)).to.include({ current: 3 })
  })

  it('a milestone is reached once, and of several at once only the greatest counts', () => {
    expect(milestoneReached(0, 2)).to.equal(null)
    expect(milestoneReached(0, 3)).to.equal(3)
    expect(milestoneReached(3, 6)).to.equal(null)
    expect(milestoneReached(3, 31)).to.equal(30)
  })

  const someDays = fc.uniqueArray(fc.integer({ min: 1, max: 120 }), { maxLength: 100 })

  it('depends on the set of days alone', () => {
    fc.assert(
      fc.property(someDays, (days) => {
        const one = streakOf(new Map(days.map((day) => [day, 1])), never, 120)
        const other = streakOf(new Map(days.toReversed().map((day) => [day, 1])), never, 120)
        expect(other).to.deep.equal(one)
      }),
    )
  })

  it('never holds more than two freezes or counts more days than were active, and best is never below current', () => {
    fc.assert(
      fc.property(someDays, fc.integer({ min: 1, max: 130 }), (days, today) => {
        const streak = streakOf(new Map(days.map((day) => [day, 1])), never, today)
        expect(streak.freezes).to.be.within(0, 2)
        expect(streak.current).to.be.at.most(streak.best)
        expect(streak.best).to.be.at.most(days.filter((day) => day <= today).length)
        for (const day of streak.bridges.keys()) expect(days).to.not.include(day)
      }),
    )
  })

  it('a day that was closed stays closed: time alone changes no bridge', () => {
    fc.assert(
      fc.property(someDays, fc.integer({ min: 1, max: 120 }), (days, today) => {
        const activities = new Map(days.filter((day) => day <= today).map((day) => [day, 1]))
        const before = streakOf(activities, never, today).bridges
        const later = streakOf(activities, never, today + 10).bridges
        for (const [day, kind] of before) expect(later.get(day)).to.equal(kind)
      }),
    )
  })
})
