import type { ConsumedEvent } from '@repitbot/contracts/events'
import { settle, unchanged } from './settle.ts'
import type { Known, Settled, Student, Terrain } from './student.ts'
import { withZone } from './zones.ts'

export type ConsumedCard = ConsumedEvent<'user.created' | 'user.updated'>

/**
 * The student with these cards, in whatever order they came: each adds its zone to the history, the earliest tells since when they are
 * here. The role is already that of the latest card. Facts that waited for a card are settled.
 */
export function consumeCard(known: Known, cards: readonly ConsumedCard[], terrain: Terrain): Settled {
  const student = cards.reduce((before, card) => withCard(before, card, terrain.now), known.student)
  const waits = student.role === 'student' && known.facts.some(({ day }) => day === null)
  const settled = waits ? settle({ ...known, student }, [], terrain) : unchanged(student)
  const correlationId = cards.at(-1)?.correlationId
  return { ...settled, events: settled.events.map((said) => ({ ...said, correlationId: said.correlationId ?? correlationId })) }
}

function withCard(student: Student, { occurredAt, body }: ConsumedCard, now: number): Student {
  // By a clock that is set back, as the demo's is, nothing has happened after now.
  const since = Math.min(Date.parse(occurredAt), now)
  return {
    ...student,
    zones: withZone(student.zones, { version: body.version, zone: body.zone, since }),
    registeredAt: Math.min(since, student.registeredAt ?? since),
  }
}
