import type { Caller } from '@repitbot/contracts/endpoint'
import type { ConsumedEvent, NewEvent } from '@repitbot/contracts/events'
import { orThrow } from '@repitbot/kit/failure'
import type { Deps } from '../deps.ts'
import type { Lesson } from '../rules/lesson.ts'
import { dutiesOf, lessonsCleared, withoutPerson } from '../rules/without-person.ts'

/**
 * Somebody whose membership is closed, or who has another role now, has no lessons ahead: those of theirs are cancelled free of charge, and
 * in a group only the seat is taken out. All of it is said once to each tutor besides. A card that is older than what is known of the person says nothing.
 */
export async function clearAhead({ store, now }: Deps, batch: ConsumedEvent<'user.updated'>[]): Promise<void> {
  for (const { schoolId, correlationId, body } of batch) {
    const duties = dutiesOf(body)
    if (duties.learns && duties.teaches) continue
    // The event does not say who closed the membership, so the cancellation is in the name of the person it is about.
    const bySchool: Caller = { schoolId, userId: body.userId, role: 'admin', sessionId: 'schedule', reach: 'school' }
    const signed = (events: NewEvent[]) => events.map((event) => ({ ...event, schoolId, correlationId }))
    const cleared: Lesson[] = []
    for (const id of await store.listAheadOf(bySchool, body, now()))
      await store.changeLesson(bySchool, id, (lesson) => {
        const { lesson: next, events } = orThrow(withoutPerson(lesson, body.userId, { duties, now: now() }))
        if (next !== lesson) cleared.push(next)
        return { lesson: next, events: signed(events) }
      })
    await store.publish(bySchool, signed(lessonsCleared(body, cleared)))
  }
}
