import type { Migration } from '@repitbot/kit/migrations'

/**
 * Private notes are sealed (adr/0039). `private_note` is what the release before writes and reads: this one reads both columns, a job moves
 * what is in it, and the release after this one drops it. A process of the release before neither reads nor writes `sealed_note`.
 */
export const sealedNotes: Migration = {
  name: '0005-sealed-notes',
  up: `
alter table lesson add column sealed_note bytea;
create index lesson_note_to_seal on lesson (id) where private_note is not null or get_byte(sealed_note, 0) = 1;

create function schools_with_plain_notes() returns setof uuid language sql stable security definer set search_path from current
  as $$
    select school_id from lesson where private_note is not null or get_byte(sealed_note, 0) = 1
    union select school_id from lesson_former where former ? 'privateNote'
    union select school_id from series_former where former @? '$.touched[*].before.privateNote'
  $$;
`,
}
