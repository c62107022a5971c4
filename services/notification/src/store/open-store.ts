import type { Database, Scope, Transaction } from '@repitbot/kit/database'
import { type Tables, tablesOf } from '../tables.ts'
import { broadcastStore } from './broadcasts.ts'
import { cardStore, cardsIn } from './cards.ts'
import { channelStore, channelsIn } from './channels.ts'
import { deliveriesIn, deliveryStore } from './deliveries.ts'
import { inboxStore, storedNoticesIn } from './inbox.ts'
import { lessonStore, lessonsIn } from './lessons.ts'
import { letterStore, lettersIn } from './letters.ts'
import { noticeStore, noticesIn } from './notices.ts'
import { preferenceStore, preferencesIn } from './preferences.ts'
import { schoolStore, schoolsIn } from './schools.ts'
import { type StoreOptions, wakeLessonPages } from './wake.ts'

const openUnit = (tx: Transaction, defined: Tables, options: StoreOptions) => ({
  ...cardsIn(tx, defined),
  ...channelsIn(tx),
  ...deliveriesIn(tx),
  ...lessonsIn(tx),
  ...lettersIn(tx),
  ...noticesIn(tx, options),
  ...preferencesIn(tx),
  ...schoolsIn(tx),
  ...storedNoticesIn(tx),
  wakeLessonPages: (recipients: string[]) => wakeLessonPages(tx, options, recipients),
})
/** The store within one transaction, for the few flows that change several things at once (adr/0036). */
export type Unit = ReturnType<typeof openUnit>

/** Each function is a transaction of its own; within a batch of events or an idempotent request it joins the one already open. */
export function openStore(database: Database, options: StoreOptions) {
  const defined = tablesOf(database.sequelize)
  return {
    ...broadcastStore(database, defined, options),
    ...cardStore(database, defined),
    ...channelStore(database),
    ...deliveryStore(database),
    ...inboxStore(database, defined, options),
    ...lessonStore(database),
    ...letterStore(database),
    ...noticeStore(database, options),
    ...preferenceStore(database),
    ...schoolStore(database),
    /** Runs `work` in a transaction that sees only those schools' rows. `test/unit-of-work.test.ts` lists the flows that may call it. */
    transaction: <T>(on: Scope, work: (unit: Unit) => Promise<T>) => database.transaction(on, (tx) => work(openUnit(tx, defined, options))),
  }
}
