import type { Migration } from '@repitbot/kit/migrations'

/**
 * A school of thousands is listed by name, a page at a time. Letters are compared by their code, whatever the locale of the database: a
 * library of collations that changes its order makes an index wrong. `rules/name-key.ts` makes
 * the same of what is searched for: small letters, and the Russian ye for yo.
 */
export const peopleByName: Migration = {
  name: '0010-people-by-name',
  up: `
alter table membership add column name_key text collate "C" not null
  generated always as (translate(lower(name collate "und-x-icu"), U&'\\0451', U&'\\0435')) stored;
create index membership_by_name on membership (school_id, name_key, id);
`,
}
