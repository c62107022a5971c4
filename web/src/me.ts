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
/** The role of whoever was signed in here last, for what is worth loading before the server has said so. */
export const expectedRole = (): string | null => localStorage.getItem(hint)
export const expectRole = (role: string | undefined): void =>
  role === undefined ? localStorage.removeItem(hint) : localStorage.setItem(hint, role)
