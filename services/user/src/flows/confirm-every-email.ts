import type { Deps } from '../deps.ts'

/** Confirms the addresses of everybody there is without a letter: the people of a demo, who have no mailboxes. */
export async function confirmEveryEmail({ store, now }: Deps): Promise<void> {
  for (const personId of await store.listUnconfirmed()) await store.confirmWithoutLetter(personId, now())
}
