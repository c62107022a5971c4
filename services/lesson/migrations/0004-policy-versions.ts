import type { Migration } from '@repitbot/kit/migrations'

/** A school's policy has a version, so that nobody replaces what they have not seen. A process of the release before leaves it as it is. */
export const policyVersions: Migration = {
  name: '0004-policy-versions',
  up: `alter table lesson_policy add column version int not null default 1;`,
}
