import type { Caller } from '@repitbot/contracts/endpoint'
import type { StoredPolicy } from '@repitbot/contracts/lesson-policy'
import { checkVersion } from '@repitbot/kit/failure'
import type { Deps } from '../deps.ts'
import { isSame } from '../rules/same.ts'

/** The same policy again changes nothing, so it is no conflict. */
export const setPolicy = ({ store }: Deps, caller: Caller, { version, ...policy }: StoredPolicy): Promise<StoredPolicy> =>
  store.changePolicy(caller, (before) => {
    if (isSame({ ...before, ...policy }, before)) return before
    checkVersion(before, version)
    return { ...policy, version: version + 1 }
  })
