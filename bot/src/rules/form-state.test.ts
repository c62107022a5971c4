import { expect } from 'chai'
import { type FormState, isIdle, stateFor, withState } from './form-state.ts'

const state = (version: number): FormState => ({ form: 'add_lesson', version, data: {}, touchedAt: 0 })

describe('the state of a form', () => {
  it('is for an update that is handled again what it was the first time, whatever that attempt stored', () => {
    const first = withState(undefined, 1, state(1))
    const second = withState(first, 2, state(2))
    const card = withState(second, 2, { ...state(2), cardId: 5 })
    const over = withState(card, 2, null)
    for (const kept of [second, card, over]) expect(stateFor(kept, 2)).to.deep.equal(state(1))
    expect(stateFor(card, 3)?.cardId).to.equal(5)
    expect(stateFor(over, 3)).to.equal(null)
    expect(stateFor(undefined, 1)).to.equal(null)
  })

  it('is idle after a quarter of an hour', () => {
    expect(isIdle(state(1), new Date(15 * 60_000))).to.equal(false)
    expect(isIdle(state(1), new Date(15 * 60_000 + 1))).to.equal(true)
  })
})
