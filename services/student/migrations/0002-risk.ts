import type { Migration } from '@repitbot/kit/migrations'

/** When somebody's streak was last looked at in the evening, so that each is told at most once of a day. */
export const risk: Migration = {
  name: '0002-risk',
  up: 'alter table student add column risk_at timestamptz',
}
