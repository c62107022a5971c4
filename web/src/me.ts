import type { Me } from '@repitbot/contracts/auth'
import { createStore, useStore } from './store.ts'

/** Who is signed in here: `asking` until the server has said, `lost` when somebody was and the server cannot be asked who. */
export const me = createStore<Me | 'asking' | 'lost' | undefined>('asking')

/** Whoever is on a page inside is signed in. */
export const useMe = (): Me | undefined => {
  const who = useStore(me)
  return typeof who === 'object' ? who : undefined
}

const hint = 'repitbot-signed-in'
/** The role of the person who was signed in here last: it tells which page to load before the server has answered. */
export const expectedRole = (): string | null => localStorage.getItem(hint)
export const expectRole = (role: string | undefined): void =>
  role === undefined ? localStorage.removeItem(hint) : localStorage.setItem(hint, role)
