import { schoolsOf } from '@repitbot/kit/database'
import type { Deps } from '../deps.ts'
import { applyCards, type CardEvent } from '../rules/card.ts'

/** Stores what cards say of students, and counts the lessons that came before the card. */
export async function consumeCards({ store, xpContext }: Deps, batch: CardEvent[]): Promise<void> {
  const context = xpContext()
  const { schoolId: schoolIds } = schoolsOf(batch)
  const cards = Map.groupBy(batch, ({ body }) => body.userId)
  await store.addSchools(schoolIds)
  await store.changeStudents(schoolIds, {
    now: context.now,
    lessonIds: [],
    membersOf: () => batch.map(({ schoolId, body }) => ({ id: body.userId, schoolId })),
    daysOf: () => [],
    decide: (state) => applyCards(state, cards.get(state.student.id) ?? [], context),
  })
}
