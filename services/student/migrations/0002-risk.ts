import type { Migration } from '@repitbot/kit/migrations'

/** When a student's streak was last checked in the evening, so that its risk is published at most once a day. */
export const risk: Migration = {
  name: '0002-risk',
  up: 'alter table student add column risk_at timestamptz',
}
