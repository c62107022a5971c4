import { Refused } from '@repitbot/contracts/client'
import type { PersonCard } from '@repitbot/contracts/person-card'
import { endLeftSession, endSession, keepAccess, leave, type Tokens } from './access.ts'
import { api } from './clients.ts'
import { openKept } from './kept.ts'
import { expectedRole, expectRole, me, sessionOver } from './me.ts'
import { queries } from './queries.ts'
import { browserStorage, forgetOthersDrafts, leftKey } from './storage.ts'
import { createStore } from './store.ts'

/** The error that left `me` at `lost`. */
export const lostBy = createStore<unknown>(undefined)

export async function startSession(tokens: Tokens): Promise<void> {
  keepAccess(tokens)
  // The cookie is the new session's now: whatever waited to be ended is not this.
  browserStorage.set(leftKey, undefined)
  sessionOver.set(false)
  queries.clear()
  await openKept()
  const who = await api.auth.me({})
  expectRole(who.card.role)
  forgetOthersDrafts([who.card.userId, ...who.memberships.map(({ userId }) => userId)])
  me.set(who)
}

/** Resumes the last session, if this browser had one. */
export async function resume(): Promise<void> {
  if (!expectedRole()) {
    me.set(undefined)
    return endLeftSession()
  }
  try {
    me.set(await api.auth.me({}))
  } catch (error) {
    // Without a token the server answers only 401, which is not the real reason.
    lostBy.set(error instanceof Refused && error.problem.status !== 401 ? error : new TypeError('lost'))
    if (expectedRole()) me.set('lost')
  }
}
export const signOut = (everywhere = false): Promise<void> => leave(everywhere ? '/auth/sign-out-everywhere' : '/auth/logout')
/** Signs out everywhere and unlinks Telegram, which only the server can do, so it is asked first. */
export async function signOutWithTelegram(password?: string): Promise<void> {
  await api.auth.signOutEverywhere({ unlinkTelegram: true, password })
  endSession(true)
}
/** Continues as another membership of the same person. */
export const switchTo = async (userId: string): Promise<void> => startSession(await api.auth.switch({ userId }))
/** Loads the own card again after it was changed, and everything that depends on it. */
export async function reloadMe(): Promise<void> {
  await reloadCard()
}
export async function reloadCard(): Promise<PersonCard> {
  const who = await api.auth.me({})
  me.set(who)
  await queries.invalidateQueries()
  return who.card
}
