import type { Me } from '@repitbot/contracts/auth'
import { me } from './session.ts'
import { useStore } from './store.ts'

/** Whoever stands on a page inside is signed in. */
export const useMe = (): Me | undefined => {
  const who = useStore(me)
  return typeof who === 'object' ? who : undefined
}
