import type { Database } from '@repitbot/kit/database'
import { tablesOf } from '../tables.ts'
import { attemptsStore } from './attempts.ts'
import { emailsStore } from './emails.ts'
import { invitationsStore } from './invitations.ts'
import { keysStore } from './keys.ts'
import { linksStore } from './links.ts'
import { membersStore } from './members.ts'
import { personsStore } from './persons.ts'
import { schoolsStore } from './schools.ts'
import { sessionsStore } from './sessions.ts'
import { telegramStore } from './telegram.ts'

/** Every statement of the service, by what it is about. */
export function openStore(database: Database) {
  const tables = tablesOf(database.sequelize)
  return {
    ...attemptsStore(database),
    ...emailsStore(database),
    ...invitationsStore(database, tables),
    ...keysStore(database),
    ...linksStore(database),
    ...membersStore(database, tables),
    ...personsStore(database),
    ...schoolsStore(database, tables),
    ...sessionsStore(database),
    ...telegramStore(database),
  }
}
