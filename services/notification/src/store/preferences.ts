import type { Caller } from '@repitbot/contracts/endpoint'
import type { Preferences, StoredPreferences } from '@repitbot/contracts/preferences'
import type { Database, Transaction } from '@repitbot/kit/database'
import { usualPreferences } from '../rules/preferences.ts'

const columns = `agenda_at as "agendaAt", evening_at as "eveningAt", streak_risk as "streakRisk", digest_at as "digestAt", bulk_email as "bulkEmail", version`
const firstPreferences: StoredPreferences = { ...usualPreferences, version: 1 }

export const preferencesIn = (tx: Transaction) => ({
  async getPreferences(userId: string): Promise<StoredPreferences> {
    const [row] = await tx.query<StoredPreferences>(`select ${columns} from preference where user_id = $1`, [userId])
    return row ?? firstPreferences
  },
})

export const preferenceStore = (database: Database) => ({
  getPreferences: (caller: Caller) => database.transaction(caller, (tx) => preferencesIn(tx).getPreferences(caller.userId)),

  /** Locks the caller's preferences and saves what `decide` makes of them. The row is made first, so that two first changes wait for each other too. */
  changePreferences: (
    caller: Pick<Caller, 'schoolId' | 'userId'>,
    decide: (before: StoredPreferences) => StoredPreferences,
  ): Promise<StoredPreferences> =>
    database.transaction(caller, async (tx) => {
      tx.send(
        `insert into preference (user_id, school_id, agenda_at, evening_at, streak_risk, digest_at, bulk_email)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict do nothing`,
        [caller.userId, caller.schoolId, ...valuesOf(usualPreferences)],
      )
      const [row] = await tx.query<StoredPreferences>(`select ${columns} from preference where user_id = $1 for update`, [caller.userId])
      const next = decide(row ?? firstPreferences)
      await tx.query(
        'update preference set agenda_at = $2, evening_at = $3, streak_risk = $4, digest_at = $5, bulk_email = $6, version = $7 where user_id = $1',
        [caller.userId, ...valuesOf(next), next.version],
      )
      return next
    }),
})

const valuesOf = ({ agendaAt, eveningAt, streakRisk, digestAt, bulkEmail }: Preferences) => [
  agendaAt,
  eveningAt,
  streakRisk,
  digestAt,
  bulkEmail,
]
