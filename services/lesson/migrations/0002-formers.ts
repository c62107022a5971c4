import { type Migration, tenant } from '@repitbot/kit/migrations'

/** What stood before the last change of a lesson or a series, so that the change can be taken back; a job removes it after a day. */
export const formers: Migration = {
  name: '0002-formers',
  up: `
create table lesson_former (
  lesson_id uuid primary key references lesson on delete cascade,
  school_id uuid not null,
  version int not null,
  changed_at timestamptz not null,
  former jsonb not null
) with (fillfactor = 85);
${tenant('lesson_former')}

create table series_former (
  series_id uuid primary key references series on delete cascade,
  school_id uuid not null,
  version int not null,
  changed_at timestamptz not null,
  correlation_id text,
  former jsonb not null
);
${tenant('series_former')}

create function forget_formers(changed_before timestamptz) returns void language sql security definer set search_path from current
  as $$ delete from lesson_former where changed_at < changed_before; delete from series_former where changed_at < changed_before $$;
`,
}
