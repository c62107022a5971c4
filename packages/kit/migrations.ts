import type { Pool } from 'pg'

/** A migration is SQL that the owner role runs once inside the service's schema; old and new pods must both work with the result. */
export type Migration = { name: string; up: string }

/** Row-level security: only the schools of the transaction see the table's rows. Every table with a school_id needs it. The inner select is evaluated once for a statement and not once for each row. */
export const tenant = (table: string) => `
alter table ${table} enable row level security;
create policy school on ${table}
  using (school_id = any ((select string_to_array(current_setting('app.school', true), ',')::uuid[])::uuid[]))
  with check (school_id = any ((select string_to_array(current_setting('app.school', true), ',')::uuid[])::uuid[]));
`

/** The tables that every service has. The service reads outbox, inbox and retries across schools, so these have no row-level security. */
const common: Migration[] = [
  {
    name: 'kit-0001-backbone',
    up: `
create table outbox (
  seq bigint generated always as identity primary key,
  id uuid not null,
  school_id uuid not null,
  name text not null,
  envelope text not null,
  said_at timestamptz not null default now(),
  published_at timestamptz
) with (fillfactor = 70);
create index outbox_waiting on outbox (seq) where published_at is null;
create table inbox (event_id uuid primary key, consumed_at timestamptz not null default now());
create table retry (
  event_id uuid primary key,
  name text not null,
  envelope text not null,
  attempts int not null,
  next_at timestamptz not null,
  dead_at timestamptz,
  error text not null
);
create index retry_due on retry (next_at) where dead_at is null;
create table idempotency (
  school_id uuid not null,
  user_id uuid not null,
  key text not null,
  fingerprint text not null,
  answer bytea,
  used_at timestamptz not null default now(),
  primary key (user_id, key)
);
${tenant('idempotency')}
create function tidy_idempotency() returns void language sql security definer set search_path from current
  as $$ delete from idempotency where used_at < now() - interval '2 days' $$;
create table reach (
  school_id uuid not null,
  holder_id uuid not null,
  over_id uuid not null,
  reach_as text not null,
  granted boolean not null,
  version int not null,
  primary key (holder_id, over_id, reach_as)
);
create index reach_over on reach (over_id);
${tenant('reach')}
`,
  },
]

/** The table of a service with `persons: true` (persons.ts). */
const persons: Migration = {
  name: 'kit-0002-persons',
  up: `
create table person (
  user_id uuid primary key,
  school_id uuid not null,
  role text not null,
  name text not null,
  zone text not null,
  language text not null,
  active boolean not null,
  version int not null
);
${tenant('person')}
`,
}

export type Migrated = { name: string; migrations: Migration[]; persons?: true }
export const allMigrations = (service: Migrated) => [...common, ...(service.persons ? [persons] : []), ...service.migrations]
export const runtimeRole = (service: string) => `repitbot_${service}`

/** Whether all migrations of this build have run; a pod waits for that before it serves. */
export async function isMigrated(pool: Pool, service: Migrated): Promise<boolean> {
  const { rows } = await pool.query<{ name: string }>('select name from migration')
  const applied = new Set(rows.map(({ name }) => name))
  return allMigrations(service).every(({ name }) => applied.has(name))
}
