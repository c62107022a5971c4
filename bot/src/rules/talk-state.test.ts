import { expect } from 'chai'
import { beheld, changed, isAsleep, type TalkState } from './talk-state.ts'

const state = (version: number): TalkState => ({ form: 'add_lesson', version, data: {}, touchedAt: 0 })

describe('where a dialogue stands', () => {
  it('is for an update handled again what it was the first time, whatever that left behind', () => {
    const first = changed(undefined, 1, state(1))
    const second = changed(first, 2, state(2))
    const card = changed(second, 2, { ...state(2), cardId: 5 })
    const over = changed(card, 2, null)
    for (const kept of [second, card, over]) expect(beheld(kept, 2)).to.deep.equal(state(1))
    expect(beheld(card, 3)?.cardId).to.equal(5)
    expect(beheld(over, 3)).to.equal(null)
    expect(beheld(undefined, 1)).to.equal(null)
  })

  it('is asleep after a quarter of an hour', () => {
    expect(isAsleep(state(1), new Date(15 * 60_000))).to.equal(false)
    expect(isAsleep(state(1), new Date(15 * 60_000 + 1))).to.equal(true)
  })
})
