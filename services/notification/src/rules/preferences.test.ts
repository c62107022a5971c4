import { expect } from 'chai'
import { applyChange, usualPreferences } from './preferences.ts'

describe('a change of preferences', () => {
  it('replaces what it names, keeps the rest, and takes null for never', () => {
    const before = { ...usualPreferences, version: 1 }
    const next = applyChange(before, { agendaAt: null, digestAt: '19:00', streakRisk: undefined })
    expect(next).to.deep.equal({ agendaAt: null, eveningAt: '20:30', streakRisk: true, digestAt: '19:00', bulkEmail: true, version: 2 })
    expect(applyChange(next, { agendaAt: '07:00' })).to.deep.equal({ ...next, agendaAt: '07:00', version: 3 })
    expect(applyChange(next, { agendaAt: null }), 'changes nothing').to.equal(next)
    expect(usualPreferences.digestAt).to.equal('18:00')
  })
})
