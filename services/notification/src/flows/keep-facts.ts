import type { Heard } from '@repitbot/contracts/events'
import type { Inside } from '../inside.ts'
import { schoolsOf } from '../rules/schools.ts'

export const keepCards = ({ store }: Inside, batch: Heard<'user.created' | 'user.updated'>[]) =>
  store.transaction(schoolsOf(batch), (unit) => unit.keepCards(batch))

/** Whether a person's chat is open to us, as the bot has seen it; the latest counts. */
export const keepChannels = ({ store }: Inside, batch: Heard<'channel.blocked' | 'channel.revived'>[], blocked: boolean) =>
  store.transaction(schoolsOf(batch), async (unit) => {
    await unit.keepChannels(batch.map(({ schoolId, body }) => ({ schoolId, ...body, blocked })))
  })

/** A report tells what the lesson gave, whichever of the two is heard first. */
export async function keepXp({ store }: Inside, batch: Heard<'xp.earned'>[]): Promise<void> {
  const ofLessons = batch.filter(({ body }) => body.source === 'lesson' && !body.silent)
  if (ofLessons.length) await store.transaction(schoolsOf(ofLessons), (unit) => unit.addXp(ofLessons))
}
