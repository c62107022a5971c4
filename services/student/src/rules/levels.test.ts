import { Settings } from '@repitbot/contracts/settings'
import { expect } from 'chai'
import fc from 'fast-check'
import { type LevelSettings, levelFor, levelProgress, levelsOf } from './levels.ts'

const byDefault = Settings.parse({}).xp.levels
const literal = { ...byDefault, stepCapXp: 0 }
const anySettings: fc.Arbitrary<LevelSettings> = fc.record({
  baseXp: fc.integer({ min: 1, max: 1_000_000 }),
  growthPercent: fc.integer({ min: 100, max: 1000 }),
  stepCapXp: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 1_000_000_000 })),
  maxLevel: fc.integer({ min: 1, max: 200 }),
})

describe('levels', () => {
  it('the default curve gives the agreed thresholds', () => {
    const { reach } = levelsOf(byDefault)
    const thresholds = [1, 2, 3, 4, 5, 10, 15, 20, 25, 50, 100].map((level) => reach[level])
    expect(thresholds).to.deep.equal([0, 1000, 2500, 4750, 8125, 25_000, 41_875, 58_750, 75_625, 160_000, 328_750])
  })

  it('without a step cap the curve grows literally, and the levels no number holds are out of reach', () => {
    const { thresholds, maxLevel } = levelsOf(literal)
    expect([2, 3, 5, 10].map((level) => thresholds[level])).to.deep.equal([1000n, 2500n, 8125n, 74_888n])
    const rounded = [20, 36, 50, 72, 73, 90, 100].map((level) => Number(thresholds[level]).toPrecision(3))
    expect(rounded).to.deep.equal(['4.43e+6', '2.91e+9', '8.50e+11', '6.36e+15', '9.54e+15', '9.40e+18', '5.42e+20'])
    expect(maxLevel).to.equal(72)
    expect(levelProgress(Number.MAX_SAFE_INTEGER, 72, levelsOf(literal)).xpToNext).to.equal(null)
  })

  it('thresholds strictly increase and every emitted one is a safe integer', () => {
    fc.assert(
      fc.property(anySettings, (settings) => {
        const { thresholds, reach } = levelsOf(settings)
        expect(thresholds.slice(2).every((threshold, index) => threshold > (thresholds[index + 1] ?? threshold))).to.equal(true)
        expect(reach.every(Number.isSafeInteger)).to.equal(true)
        expect(thresholds).to.have.length(settings.maxLevel + 1)
      }),
      { numRuns: 60 },
    )
  })

  it('a threshold reaches its level and one XP less does not', () => {
    fc.assert(
      fc.property(anySettings, (settings) => {
        const levels = levelsOf(settings)
        for (let level = 2; level <= levels.maxLevel; level++) {
          const threshold = levels.reach[level] ?? Number.NaN
          expect(levelFor(threshold, levels)).to.equal(level)
          expect(levelFor(threshold - 1, levels)).to.equal(level - 1)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('XP beyond the last level still counts and shows a full bar', () => {
    const levels = levelsOf(byDefault)
    expect(levelFor(1_000_000, levels)).to.equal(100)
    expect(levelProgress(1_000_000, 100, levels)).to.deep.equal({ levelXp: 671_250, xpToNext: null, progressPercent: 100 })
  })

  it('the table is made once for each settings object', () => {
    expect(levelsOf(byDefault)).to.equal(levelsOf(byDefault))
  })

  it('a kept level shows an empty bar when a correction left less XP than it asks', () => {
    expect(levelProgress(900, 2, levelsOf(byDefault))).to.deep.equal({ levelXp: 0, xpToNext: 1600, progressPercent: 0 })
  })
})
