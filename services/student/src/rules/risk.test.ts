import { expect } from 'chai'
import { ann, context } from '../../test/memory.ts'
import { checkRisk } from './risk.ts'
import type { Day, StudentState } from './student.ts'
import { dayOfDate } from './zones.ts'

describe('the check whether today would break a streak', () => {
  /** Four days of lessons before the seventh of November; the freeze that everybody begins with went for the third. */
  const days = ['2026-11-02', '2026-11-04', '2026-11-05', '2026-11-06'].map(
    (date): Day => ({ day: dayOfDate(date), digest: 'a', kind: 'active', notified: false }),
  )
  const stateWith = (riskAt: number | null = null): StudentState => ({
    student: { ...ann, riskAt },
    facts: [],
    days,
    pauses: [],
    earned: new Set(),
  })
  const check = (at: string, riskAt: number | null = null) => checkRisk(stateWith(riskAt), { ...context, now: Date.parse(at) })

  it('publishes it once an evening, and again the next evening', () => {
    const first = check('2026-11-07T14:00:00Z')
    expect(first.events.map(({ name }) => name)).to.deep.equal(['streak.endangered'])
    expect(check('2026-11-07T16:45:00Z', first.student.riskAt).events).to.deep.equal([])
    expect(check('2026-11-07T14:00:00Z', Date.parse('2026-11-06T16:59:00Z')).events).to.have.length(1)
  })
})
