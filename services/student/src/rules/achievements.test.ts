import { achievements as texts } from '@repitbot/contracts/texts/ru/student'
import { expect } from 'chai'
import { achievementRows, achievements, newlyEarned } from './achievements.ts'
import type { Day, Student } from './student.ts'
import { tallyOf } from './tally.ts'
import { dayOfDate } from './zones.ts'

const student: Student = {
  id: 'ann',
  schoolId: 'school',
  role: 'student',
  zones: [],
  registeredAt: 0,
  gameOn: true,
  totalXp: 0,
  level: 1,
  lessons: 0,
  minutes: 0,
  subjects: {},
  milestone: 0,
  closeAt: null,
  riskAt: null,
}
const today = dayOfDate('2026-11-23')
const day = (date: string, digest: string, kind: Day['kind'] = digest.includes('a') ? 'active' : null): Day => ({
  day: dayOfDate(date),
  digest,
  kind,
  notified: false,
})
const tally = (days: Day[] = [], more: Partial<Student> = {}, bestDays = 0) => tallyOf({ ...student, ...more }, days, { bestDays, today })
const daily = (from: string, count: number, digest = 'a') =>
  Array.from({ length: count }, (_, index) => ({ ...day(from, digest), day: dayOfDate(from) + index }))
const weekly = (from: string, count: number) => daily(from, count).map((one, index) => ({ ...one, day: one.day + 6 * index }))

describe('achievements', () => {
  it('each has its texts, a goal, and a share of progress below it at the start', () => {
    expect(achievementRows.map(([code]) => code)).to.have.members(Object.keys(texts))
    for (const [code, { goal, progress }] of achievementRows) expect(progress(tally()), code).to.be.below(goal)
  })

  it('counts decide lessons, hours, subjects, streaks and levels', () => {
    const subjects = { maths: 5, physics: 6, chess: 4, english: 5 }
    const much = tally([], { lessons: 100, minutes: 15_000, level: 50, subjects }, 100)
    const all = newlyEarned(much, new Set(), { changes: new Set(['lesson', 'level']), memberMs: Infinity })
    const ofCounts = achievementRows.filter(([, { progress, goal }]) => progress(much) >= goal)
    expect(all).to.have.members(ofCounts.map(([code]) => code))
    expect(all).to.include.members(['first_lesson', 'hours_250', 'streak_100', 'legend_50', 'polymath_3'])
    const little = tally([], { lessons: 99, minutes: 14_999, level: 49, subjects: { maths: 50, physics: 5 } }, 99)
    const some = newlyEarned(little, new Set(), { changes: new Set(['lesson', 'level']), memberMs: Infinity })
    for (const code of ['master_100', 'hours_250', 'streak_100', 'legend_50', 'polymath_3'] as const) expect(some).to.not.include(code)
  })

  it('are checked only after the changes they name, and not again once earned', () => {
    const counts = tally([], { lessons: 1, level: 5 })
    expect(newlyEarned(counts, new Set(), { changes: new Set(['lesson']), memberMs: Infinity })).to.deep.equal(['first_lesson'])
    expect(newlyEarned(counts, new Set(['level_5']), { changes: new Set(['level']), memberMs: Infinity })).to.deep.equal([])
  })

  it('20 lessons in a row without an absence; a pause forgives one', () => {
    const { progress } = achievements.no_miss_20
    expect(progress(tally([...daily('2026-10-01', 10), day('2026-10-11', 'u'), ...daily('2026-10-12', 12)]))).to.equal(12)
    expect(progress(tally([...daily('2026-10-01', 10), day('2026-10-11', 'u', 'paused'), ...daily('2026-10-12', 10)]))).to.equal(20)
    expect(progress(tally([...daily('2026-10-01', 10, 'aa'), day('2026-10-11', 'aea')]))).to.equal(21)
  })

  it('a perfect month is over, has four lessons, and none missed', () => {
    const { progress } = achievements.perfect_month
    expect(progress(tally(weekly('2026-10-05', 4)))).to.equal(4)
    expect(progress(tally(weekly('2026-11-02', 4)))).to.equal(0)
    expect(progress(tally([...weekly('2026-10-05', 4), day('2026-10-30', 'e')]))).to.equal(0)
  })

  it('weeks in rhythm are counted from finished weeks', () => {
    expect(achievements.weeks_12.progress(tally(weekly('2026-09-01', 12)))).to.equal(12)
    expect(achievements.weeks_12.progress(tally([...weekly('2026-09-01', 12), day('2026-10-01', 'u')]))).to.equal(7)
  })

  it('growth compares ten graded lessons with the ten before', () => {
    const { progress } = achievements.growth
    expect(progress(tally([...daily('2026-09-01', 10, 'a60'), ...daily('2026-10-01', 10, 'a75')]))).to.equal(15)
    expect(progress(tally([...daily('2026-09-01', 10, 'a60'), ...daily('2026-10-01', 9, 'a100a')]))).to.equal(0)
    expect(progress(tally([...daily('2026-09-01', 10, 'a75'), ...daily('2026-10-01', 10, 'a60')]))).to.equal(0)
  })

  it('coming back counts activities after two idle weeks that were no pause', () => {
    const { progress } = achievements.comeback
    const back = [day('2026-11-01', 'a'), day('2026-11-03', 'a'), day('2026-11-10', 'aa')]
    expect(progress(tally([day('2026-10-17', 'a'), ...back]))).to.equal(4)
    expect(progress(tally([day('2026-10-18', 'a'), ...back]))).to.equal(0)
    expect(progress(tally([day('2026-10-17', 'a'), day('2026-10-20', '', 'paused'), ...back]))).to.equal(0)
    expect(progress(tally([day('2026-10-01', 'a'), day('2026-11-01', 'a'), day('2026-11-15', 'aa')]))).to.equal(1)
  })

  it('a year asks for both, 365 days and 30 lessons', () => {
    const { progress } = achievements.year_1
    const first = [day('2025-11-23', 'a')]
    expect(progress(tally(first, { lessons: 30 }))).to.equal(365)
    expect(progress(tally(first, { lessons: 29 }))).to.equal(364)
  })
})
