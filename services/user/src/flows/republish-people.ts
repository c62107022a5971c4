import type { Deps } from '../deps.ts'
import type { HeldLink } from '../rules/link.ts'

const pageMax = 500

/** Says every current card and link again, school by school and page by page; hearers keep the highest version. Answers how many. */
export async function republishAll({ store }: Deps): Promise<number> {
  let count = 0
  for (const schoolId of await store.listSchoolIds()) {
    for (let after: string | null = null; ; ) {
      const page: { count: number; last: string | undefined } = await store.sayCards(schoolId, after, pageMax)
      count += page.count
      if (page.count < pageMax || !page.last) break
      after = page.last
    }
    for (let after: HeldLink | undefined; ; ) {
      const page: { count: number; last: HeldLink | undefined } = await store.sayLinks(schoolId, after, pageMax)
      count += page.count
      if (page.count < pageMax) break
      after = page.last
    }
  }
  return count
}
