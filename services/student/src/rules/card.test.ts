import { cardOf } from '@repitbot/kit/testing/people'
import { expect } from 'chai'
import fc from 'fast-check'
import { ann, context } from '../../test/memory.ts'
import { applyCards, type CardEvent } from './card.ts'
import type { Student } from './student.ts'

const unknown: Student = { ...ann, zones: [], registeredAt: null }
const stateOf = (student: Student) => ({ student, facts: [], days: [], pauses: [], earned: new Set<string>() })
const card = (version: number, zone: string): CardEvent => ({
  id: `card-${version}`,
  schoolId: 'school',
  correlationId: 'c',
  occurredAt: new Date(Date.parse('2026-09-01T00:00:00Z') + version * 86_400_000).toISOString(),
  body: { ...cardOf('Ann', { userId: 'ann', schoolId: 'school', role: 'student' }), zone, version },
})

describe('cards', () => {
  it('in any order, and twice, give the same student', () => {
    const cards = [card(1, 'Europe/Moscow'), card(2, 'Asia/Kathmandu'), card(3, 'Europe/Moscow')]
    const { student: inOrder } = applyCards(stateOf(unknown), cards, context)
    expect(inOrder).to.include({ registeredAt: Date.parse('2026-09-02T00:00:00Z') })
    fc.assert(
      fc.property(fc.shuffledSubarray([...cards, ...cards], { minLength: 6 }), (shuffled) => {
        const student = shuffled.reduce((before, one) => applyCards(stateOf(before), [one], context).student, unknown)
        expect(student).to.deep.equal(inOrder)
      }),
    )
  })

  it('an event from the future, after a clock was set back, counts as of now', () => {
    const early = { ...context, now: Date.parse('2026-06-01T00:00:00Z') }
    expect(applyCards(stateOf(unknown), [card(1, 'Europe/Moscow')], early).student.registeredAt).to.equal(early.now)
  })
})
