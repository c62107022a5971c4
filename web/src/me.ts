import type { Me } from '@repitbot/contracts/auth'
import { browserStorage } from './storage.ts'
import { createStore, useStore } from './store.ts'

/** Who is signed in here: `asking` until the server has said, `lost` when somebody was and the server cannot be asked who. */
export const me = createStore<Me | 'asking' | 'lost' | undefined>('asking')

/** Whether the server has ended the session that was here: the sign-in form says so. */
export const sessionOver = createStore(false)

/** Whoever is on a page inside is signed in. */
export const useMe = (): Me | undefined => {
  const who = useStore(me)
  return typeof who === 'object' ? who : undefined
}

const hint = 'repitbot-signed-in'
/** The role of the person who was signed in here last: it tells which page to load before the server has answered. */
export const expectedRole = (): string | undefined => browserStorage.get(hint)
export const expectRole = (role: string | undefined): void => browserStorage.set(hint, role)
/** Calls back when another tab of this browser has signed out. */
export const onSignedOutElsewhere = (callBack: () => void): void =>
  addEventListener('storage', ({ key, newValue }) => key === hint && newValue === null && callBack())
