import { expect } from 'chai'
import { ann, terrain } from '../../test/memory.ts'
import { lookAtRisk } from './risk.ts'
import type { Day, Known } from './student.ts'
import { dayOfDate } from './zones.ts'

describe('looking whether today would break a streak', () => {
  /** Four days of lessons before the seventh of November; the freeze that everybody begins with went for the third. */
  const days = ['2026-11-02', '2026-11-04', '2026-11-05', '2026-11-06'].map(
    (date): Day => ({ day: dayOfDate(date), marks: 'a', kind: 'active', told: false }),
  )
  const known = (riskAt: number | null = null): Known => ({
    ...{ student: { ...ann, riskAt }, facts: [], days, pauses: [], earned: new Set() },
  })
  const look = (at: string, riskAt: number | null = null) => lookAtRisk(known(riskAt), { ...terrain, now: Date.parse(at) })

  it('says so and leaves a mark, by which a second look on the same evening says nothing and the next evening again', () => {
    const first = look('2026-11-07T14:00:00Z')
    expect(first.events.map(({ name }) => name)).to.deep.equal(['streak.endangered'])
    expect(look('2026-11-07T16:45:00Z', first.student.riskAt).events).to.deep.equal([])
    expect(look('2026-11-07T14:00:00Z', Date.parse('2026-11-06T16:59:00Z')).events).to.have.length(1)
  })
})
