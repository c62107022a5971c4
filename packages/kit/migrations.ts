import { runMigrations } from 'graphile-worker'
import pg from 'pg'
import { Umzug } from 'umzug'
import type { DatabaseAddress, Migration } from './database.ts'

/** Closes a table to all but the schools of the transaction; every table with a school_id wants it. The select makes it read once a statement and not once a row. */
export const tenant = (table: string) => `
alter table ${table} enable row level security;
create policy school on ${table}
  using (school_id = any ((select string_to_array(current_setting('app.school', true), ',')::uuid[])::uuid[]))
  with check (school_id = any ((select string_to_array(current_setting('app.school', true), ',')::uuid[])::uuid[]));
`

/** What every house has beside its own tables. The outbox, inbox and retries are read across schools by the house itself, so they carry no wall. */
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
create table inbox (event_id uuid primary key, heard_at timestamptz not null default now());
create table retry (
  event_id uuid primary key,
  name text not null,
  envelope text not null,
  attempts int not null,
  next_at timestamptz not null,
  parked_at timestamptz,
  error text not null
);
create index retry_due on retry (next_at) where parked_at is null;
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

export type Migrated = { name: string; migrations: Migration[] }
export const allMigrations = (house: Migrated) => [...common, ...house.migrations]
export const runtimeRole = (house: string) => `repitbot_${house}`

/**
 * Brings a house's schema, runtime role and jobs' schema up to date as the owner role, one process at a time.
 * The owner needs CREATEROLE unless the role is already there.
 */
export async function migrate(house: Migrated, owner: DatabaseAddress, runtimePassword: string): Promise<void> {
  const client = new pg.Client({ ...owner, application_name: `${house.name}-migrate` })
  await client.connect()
  try {
    await client.query(`select pg_advisory_lock(hashtext('migrate'))`)
    await prepare(client, house.name, owner, runtimePassword)
    await umzug(client, house).up()
    await jobs(client, house.name, { ...owner, user: runtimeRole(house.name), password: runtimePassword })
  } finally {
    await client.end()
  }
}

async function prepare(client: pg.Client, house: string, owner: DatabaseAddress, password: string) {
  const role = runtimeRole(house)
  const schema = client.escapeIdentifier(house)
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role])
  if (!rowCount) await client.query(`create role ${role} login`)
  if (!(await letsIn({ ...owner, user: role, password })))
    await client.query(`alter role ${role} password ${client.escapeLiteral(password)}`)
  // The jobs' tables are the role's own; as a member of it the owner can back them up and restore them.
  const { rows } = await client.query<{ is: boolean }>('select pg_has_role(current_user, $1, $2) as is', [role, 'usage'])
  if (!rows[0]?.is) await client.query(`grant ${role} to current_user`).catch(() => {})
  await client.query(`
create schema if not exists ${schema};
grant usage on schema ${schema} to ${role};
alter default privileges in schema ${schema} grant select, insert, update, delete on tables to ${role};
alter default privileges in schema ${schema} grant usage on sequences to ${role};
set search_path = ${schema}, public;
create table if not exists migration (name text primary key, at timestamptz not null default now());
`)
}

/** An owner who may make no roles can still migrate with those that somebody made for him. */
async function letsIn(as: DatabaseAddress): Promise<boolean> {
  const client = new pg.Client(as)
  client.on('error', () => {})
  return client.connect().then(
    () => client.end().then(() => true),
    () => false,
  )
}

/** graphile-worker makes and owns its schema, so its role may create one, for as long as that takes. */
async function jobs(client: pg.Client, house: string, as: DatabaseAddress) {
  const database = client.escapeIdentifier(as.database)
  await client.query(`grant create on database ${database} to ${as.user}`)
  const pool = new pg.Pool({ ...as, max: 2 })
  for (const event of ['error', 'connect'] as const) pool.on(event, (of: Error | pg.PoolClient) => 'on' in of && of.on('error', () => {}))
  try {
    await runMigrations({ pgPool: pool, schema: `${house}_jobs` })
  } finally {
    await pool.end()
    await client.query(`revoke create on database ${database} from ${as.user}`)
  }
}

function umzug(client: pg.Client, house: Migrated) {
  return new Umzug({
    migrations: allMigrations(house).map(({ name, up }) => ({
      name,
      up: async () =>
        void (await client.query(`begin; ${up}; insert into migration (name) values (${client.escapeLiteral(name)}); commit`)),
    })),
    storage: {
      executed: async () => (await client.query<{ name: string }>('select name from migration order by name')).rows.map(({ name }) => name),
      logMigration: async () => {},
      unlogMigration: async () => {},
    },
    logger: undefined,
  })
}

/** Whether this build's migrations have all been run; a pod waits for it before it serves. */
export async function isMigrated(pool: pg.Pool, house: Migrated): Promise<boolean> {
  const { rows } = await pool.query<{ name: string }>('select name from migration')
  const done = new Set(rows.map(({ name }) => name))
  return allMigrations(house).every(({ name }) => done.has(name))
}
