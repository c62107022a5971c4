import { Refused } from '@repitbot/contracts/client'
import { endSession, keepAccess, type Tokens } from './access.ts'
import { api } from './clients.ts'
import { openKept } from './kept.ts'
import { expectedRole, expectRole, me } from './me.ts'
import { queries } from './queries.ts'
import { createStore } from './store.ts'

/** Why nobody can be asked who is signed in. */
export const lostBy = createStore<unknown>(undefined)

export async function entered(tokens: Tokens): Promise<void> {
  keepAccess(tokens)
  queries.clear()
  await openKept()
  const who = await api.auth.me({})
  expectRole(who.card.role)
  me.set(who)
}

/** Takes up the session of last time, if this browser had one. */
export async function resume(): Promise<void> {
  if (!expectedRole()) return me.set(undefined)
  try {
    me.set(await api.auth.me({}))
  } catch (error) {
    // Without a token the server only asks to sign in, which is not what is the matter.
    lostBy.set(error instanceof Refused && error.problem.status !== 401 ? error : new TypeError('lost'))
    if (expectedRole()) me.set('lost')
  }
}
export async function leave(everywhere = false): Promise<void> {
  await (everywhere ? api.auth.signOutEverywhere({}) : api.auth.logout({}))
  endSession()
}
/** Goes on as another membership of the same person. */
export const become = async (userId: string): Promise<void> => entered(await api.auth.switch({ userId }))
/** What was changed of oneself is shown at once. */
export async function meAnew(): Promise<void> {
  me.set(await api.auth.me({}))
  await queries.invalidateQueries()
}
