import { expect } from 'chai'
import type { Day } from './student.ts'
import { weekStreakOf } from './weeks.ts'
import { dayOfDate } from './zones.ts'

const day = (date: string, digest: string, kind: Day['kind'] = null): Day => ({ day: dayOfDate(date), digest, kind, notified: false })
const today = dayOfDate('2026-11-23')

describe('the weekly streak', () => {
  it('counts finished weeks in which every held lesson was attended', () => {
    expect(weekStreakOf([day('2026-11-09', 'a'), day('2026-11-15', 'aa'), day('2026-11-16', 'a')], today)).to.deep.equal({
      current: 2,
      best: 2,
    })
  })

  it('a week that is not over yet neither counts nor breaks', () => {
    expect(weekStreakOf([day('2026-11-16', 'a'), day('2026-11-23', 'u')], today)).to.deep.equal({ current: 1, best: 1 })
  })

  it('a missed lesson breaks it, Monday to Sunday', () => {
    expect(
      weekStreakOf([day('2026-11-08', 'a'), day('2026-11-09', 'a'), day('2026-11-15', 'u'), day('2026-11-16', 'a')], today),
    ).to.deep.equal({ current: 1, best: 1 })
  })

  it('weeks without lessons and absences during a pause do not break it', () => {
    const days = [day('2026-10-05', 'a'), day('2026-10-13', 'e', 'paused'), day('2026-11-10', 'a95')]
    expect(weekStreakOf(days, today)).to.deep.equal({ current: 2, best: 2 })
  })
})
