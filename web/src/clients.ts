import { authApi } from '@repitbot/contracts/auth'
import { client } from '@repitbot/contracts/client'
import { clientsOf } from '@repitbot/contracts/clients'
import { services } from '@repitbot/contracts/services'
import { connection, endLeftSession, ofPage } from './access.ts'
import { noteConnection } from './kept.ts'

/** A typed client of every API table of the register, for whoever is signed in: `api.lessons.list(...)`. */
export const api = clientsOf(services, () => connection)

async function anonymousFetch(...request: Parameters<typeof fetch>): Promise<Response> {
  // Before the cookie becomes somebody else's.
  await endLeftSession()
  return noteConnection(fetch(...request))
}
/** For those who are not signed in yet: a wrong password there ends nobody's session. */
export const anonymousAuth = client(authApi, { origin: '', headers: ofPage, fetch: anonymousFetch })
