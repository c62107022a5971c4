import type { Migration } from '@repitbot/kit/migrations'

/** Preferences have a version, so that nobody replaces what they have not seen. A process of the release before leaves it as it is. */
export const preferenceVersions: Migration = {
  name: '0006-preference-versions',
  up: `alter table preference add column version int not null default 1;`,
}
