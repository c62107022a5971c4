import type { ConsumedEvent } from '@repitbot/contracts/events'
import { computeXp, onlyStudent } from './compute-xp.ts'
import type { Student, StudentState, XpContext, XpResult } from './student.ts'
import { withZone } from './zones.ts'

export type CardEvent = ConsumedEvent<'user.created' | 'user.updated'>

/**
 * The student with these cards, in whatever order they came: each adds its zone to the history, and the earliest is when the student was
 * registered. The role of `state` is already that of the latest card. Facts that waited for a card are counted.
 */
export function applyCards(state: StudentState, cards: readonly CardEvent[], context: XpContext): XpResult {
  const student = cards.reduce((before, card) => withCard(before, card, context.now), state.student)
  const waits = student.role === 'student' && state.facts.some(({ day }) => day === null)
  const result = waits ? computeXp({ ...state, student }, [], context) : onlyStudent(student)
  const correlationId = cards.at(-1)?.correlationId
  return { ...result, events: result.events.map((event) => ({ ...event, correlationId: event.correlationId ?? correlationId })) }
}

function withCard(student: Student, { occurredAt, body }: CardEvent, now: number): Student {
  // The demo sets its clock back: then the event lies in the future, and now is the latest time that makes sense.
  const since = Math.min(Date.parse(occurredAt), now)
  return {
    ...student,
    zones: withZone(student.zones, { version: body.version, zone: body.zone, since }),
    registeredAt: Math.min(since, student.registeredAt ?? since),
  }
}
