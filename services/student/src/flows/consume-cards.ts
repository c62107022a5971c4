import { schoolsOf } from '@repitbot/kit/database'
import type { Deps } from '../deps.ts'
import { type ConsumedCard, consumeCard } from '../rules/card.ts'
import type { Known } from '../rules/student.ts'

/** Keeps what cards say of students; lessons that were heard before the card are settled now. */
export async function consumeCards({ store, terrain }: Deps, batch: ConsumedCard[]): Promise<void> {
  const at = terrain()
  const { schoolId: schoolIds } = schoolsOf(batch)
  const cards = Map.groupBy(batch, ({ body }) => body.userId)
  await store.addSchools(schoolIds)
  await store.changeStudents(schoolIds, {
    now: at.now,
    lessonIds: [],
    whom: () => batch.map(({ schoolId, body }) => ({ id: body.userId, schoolId })),
    daysOf: () => [],
    decide: (known: Known) => consumeCard(known, cards.get(known.student.id) ?? [], at),
  })
}
