import { expect } from 'chai'
import { firstOffset, offsetAfter } from './poll-offset.ts'

const start = new Date('2026-09-07T08:00:00Z')
const later = (hours: number) => new Date(start.getTime() + hours * 3_600_000)
const ids = (...all: number[]) => all.map((update_id) => ({ update_id }))

describe('the offset by which updates are confirmed', () => {
  it('is the one after the last update of an answer, also where the ids began anew and are lower', () => {
    const before = offsetAfter(firstOffset(start), ids(727_334_707), start)
    expect(before.offset).to.equal(727_334_708)
    expect(offsetAfter(before, ids(117_314_199, 117_314_200), later(1)).offset).to.equal(117_314_201)
  })

  it('stays while nothing comes, and is 0 again after a week of it', () => {
    const before = offsetAfter(firstOffset(start), ids(7), start)
    const soon = offsetAfter(before, [], later(167))
    expect(soon).to.deep.equal(before)
    expect(offsetAfter(soon, [], later(168)).offset).to.equal(0)
  })
})
