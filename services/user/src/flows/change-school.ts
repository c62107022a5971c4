import type { Caller } from '@repitbot/contracts/endpoint'
import type { School } from '@repitbot/contracts/school'
import { checkVersion } from '@repitbot/kit/failure'
import type { Deps } from '../deps.ts'
import { changeSchool, type SchoolChange } from '../rules/school.ts'

/** The same change again changes nothing, so it is no conflict. */
export const changeOwnSchool = (
  { store }: Deps,
  caller: Caller,
  { version, ...change }: SchoolChange & { version: number },
): Promise<School> =>
  store.changeSchool(caller, (school) => {
    const next = changeSchool(school, change)
    if (next !== school) checkVersion(school, version)
    return next
  })
