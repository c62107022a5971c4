import { LessonType } from '@repitbot/contracts/lesson-fields'
import { Settings } from '@repitbot/contracts/settings'
import { expect } from 'chai'
import fc from 'fast-check'
import { lessonXp, rateAt } from './lesson-xp.ts'

const usual = { rate: 10_000 }
const { xp } = Settings.parse({})

describe('XP of a lesson', () => {
  it('has a base for each type', () => {
    const bases = LessonType.options.map((type) => [type, lessonXp(type, null, usual)])
    expect(Object.fromEntries(bases)).to.deep.equal({
      trial: 100,
      group: 130,
      individual: 150,
      make_up: 150,
      intensive: 180,
      mock_exam: 200,
    })
  })

  it('grows with the grade at 60, 75 and 90 percent', () => {
    const worth = [0, 59, 60, 74, 75, 89, 90, 100].map((percent) => lessonXp('individual', percent, usual))
    expect(worth).to.deep.equal([150, 150, 180, 180, 210, 210, 250, 250])
  })

  it('is never below 100 or above 300', () => {
    fc.assert(
      fc.property(fc.constantFrom(...LessonType.options), fc.option(fc.integer({ min: 0, max: 100 })), (type, percent) => {
        expect(lessonXp(type, percent, usual)).to.be.within(100, 300)
      }),
    )
  })

  it('is multiplied by the live percent and rounded down', () => {
    expect(lessonXp('group', 60, { rate: 33 * 100 })).to.equal(52)
    expect(lessonXp('mock_exam', 100, { rate: 0 })).to.equal(0)
  })

  it('takes the greatest boost active when the lesson was held', () => {
    const boost = (name: string, percent: number, sources: 'lesson'[] | 'homework'[] = ['lesson']) => ({
      name,
      percent,
      sources,
      from: '2026-11-21T00:00:00Z',
      until: '2026-11-23T00:00:00Z',
    })
    const boosted = {
      ...xp,
      multiplierPercent: { ...xp.multiplierPercent, lesson: 120 },
      boosts: [boost('a', 150), boost('b', 200), boost('c', 900, ['homework'])],
    }
    expect(rateAt(Date.parse('2026-11-22T12:00:00Z'), boosted)).to.equal(24_000)
    expect(rateAt(Date.parse('2026-11-23T00:00:00Z'), boosted)).to.equal(12_000)
    expect(rateAt(Date.parse('2026-11-20T23:59:59Z'), boosted)).to.equal(12_000)
  })
})
