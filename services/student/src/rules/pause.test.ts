import { expect } from 'chai'
import { canPause } from './pause.ts'

describe('a pause', () => {
  it('begins two days ago at the earliest and lasts 30 days at most', () => {
    expect(canPause({ from: 98, until: 127 }, 100)).to.deep.equal({ from: 98, until: 127 })
    expect(canPause({ from: 97, until: 101 }, 100)).to.equal('pause_too_far_back')
    expect(canPause({ from: 98, until: 128 }, 100)).to.equal('pause_too_long')
    expect(canPause({ from: 101, until: 100 }, 100)).to.equal('pause_ends_before_it_begins')
    expect(canPause({ from: 467, until: 467 }, 100)).to.equal('pause_too_far_ahead')
  })
})
