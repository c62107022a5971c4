import { isDeepStrictEqual } from 'node:util'
import type { Preferences, StoredPreferences } from '@repitbot/contracts/preferences'

/** What holds for people who have set nothing; the days of tutors begin with the same in the migration's days_to_tell. */
export const usualPreferences: Preferences = { agendaAt: '08:00', eveningAt: '20:30', streakRisk: true, digestAt: '18:00', bulkEmail: true }

export type PreferencesChange = { [K in keyof Preferences]?: Preferences[K] | undefined }

/** What a change names is replaced, the rest stays. Null is a value: never. A change that changes nothing is no new version. */
export function applyChange(before: StoredPreferences, change: PreferencesChange): StoredPreferences {
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
  const next = { ...before, ...given }
  return isDeepStrictEqual(next, before) ? before : { ...next, version: before.version + 1 }
}
