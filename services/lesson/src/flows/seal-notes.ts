import type { Deps } from '../deps.ts'

/** Seals the private notes that an earlier release wrote in plain text; run again, it finds none. */
export async function sealNotes({ store, log }: Deps): Promise<void> {
  let count = 0
  for (const schoolId of await store.schoolsToSeal()) count += await store.sealNotes(schoolId)
  if (count) log.info({ count }, 'Private notes are sealed')
}
