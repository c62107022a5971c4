import type { Preferences } from '@repitbot/contracts/preferences'
import type { Transaction } from '@repitbot/kit/database'

const columns = `agenda_at as "agendaAt", evening_at as "eveningAt", streak_risk as "streakRisk", digest_at as "digestAt"`
/** What holds for whoever has said nothing; the days of tutors begin with the same in the migration's days_to_tell. */
const usual: Preferences = { agendaAt: '08:00', eveningAt: '20:30', streakRisk: true, digestAt: '18:00' }

export const preferences = (tx: Transaction) => ({
  async getPreferences(userId: string): Promise<Preferences> {
    const [row] = await tx.query<Preferences>(`select ${columns} from preference where user_id = $1`, [userId])
    return row ?? usual
  },

  async savePreferences(
    { userId, schoolId }: { userId: string; schoolId: string },
    { agendaAt, eveningAt, streakRisk, digestAt }: Preferences,
  ) {
    await tx.query(
      `insert into preference (user_id, school_id, agenda_at, evening_at, streak_risk, digest_at) values ($1, $2, $3, $4, $5, $6)
       on conflict (user_id) do update set agenda_at = $3, evening_at = $4, streak_risk = $5, digest_at = $6`,
      [userId, schoolId, agendaAt, eveningAt, streakRisk, digestAt],
    )
  },
})
