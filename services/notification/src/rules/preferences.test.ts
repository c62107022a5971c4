import { expect } from 'chai'
import { applyChange, usualPreferences } from './preferences.ts'

describe('a change of preferences', () => {
  it('replaces what it names, keeps the rest, and takes null for never', () => {
    const next = applyChange(usualPreferences, { agendaAt: null, digestAt: '19:00', streakRisk: undefined })
    expect(next).to.deep.equal({ agendaAt: null, eveningAt: '20:30', streakRisk: true, digestAt: '19:00' })
    expect(applyChange(next, { agendaAt: '07:00' })).to.deep.equal({ ...next, agendaAt: '07:00' })
    expect(usualPreferences.digestAt).to.equal('18:00')
  })
})
