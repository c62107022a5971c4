import type { Deps } from '../deps.ts'
import type { StoredLink } from '../rules/link.ts'

const pageMax = 500

/** Publishes every school, current card and link again, school by school and page by page; consumers keep the highest version. Returns how many. */
export async function republishAll({ store }: Deps): Promise<number> {
  let count = 0
  for (const schoolId of await store.listSchoolIds()) {
    await store.publishSchool(schoolId)
    count++
    for (let after: string | null = null; ; ) {
      const page: { count: number; last: string | undefined } = await store.publishCards(schoolId, after, pageMax)
      count += page.count
      if (page.count < pageMax || !page.last) break
      after = page.last
    }
    for (let after: StoredLink | undefined; ; ) {
      const page: { count: number; last: StoredLink | undefined } = await store.publishLinks(schoolId, after, pageMax)
      count += page.count
      if (page.count < pageMax) break
      after = page.last
    }
  }
  return count
}
