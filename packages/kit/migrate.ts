import { runMigrations } from 'graphile-worker'
import pg from 'pg'
import { Umzug } from 'umzug'
import { allMigrations, type Migrated, runtimeRole } from './migrations.ts'
import type { DatabaseAddress } from './pool.ts'

/**
 * Migrates a service's schema, its runtime role and the schema of its jobs, as the owner role, one process at a time. The owner needs
 * CREATEROLE unless the runtime role exists.
 */
export async function migrate(service: Migrated, owner: DatabaseAddress, runtimePassword: string): Promise<void> {
  const client = new pg.Client({ ...owner, application_name: `${service.name}-migrate` })
  await client.connect()
  try {
    await client.query(`select pg_advisory_lock(hashtext('migrate'))`)
    await prepare(client, service.name, owner, runtimePassword)
    await umzug(client, service).up()
    await closeFunctions(client, service.name)
    await migrateJobs(client, service.name, { ...owner, user: runtimeRole(service.name), password: runtimePassword })
  } finally {
    await client.end()
  }
}

async function prepare(client: pg.Client, service: string, owner: DatabaseAddress, password: string) {
  const role = runtimeRole(service)
  const schema = client.escapeIdentifier(service)
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role])
  if (!rowCount) await client.query(`create role ${role} login`)
  if (!(await canSignIn({ ...owner, user: role, password })))
    await client.query(`alter role ${role} password ${client.escapeLiteral(password)}`)
  // The tables of the jobs belong to the runtime role; as a member of that role the owner can back them up and restore them.
  const { rows } = await client.query<{ is: boolean }>('select pg_has_role(current_user, $1, $2) as is', [role, 'usage'])
  if (!rows[0]?.is) await client.query(`grant ${role} to current_user`).catch(() => {})
  await client.query(`
create schema if not exists ${schema};
grant usage on schema ${schema} to ${role};
alter default privileges in schema ${schema} grant select, insert, update, delete on tables to ${role};
alter default privileges in schema ${schema} grant usage on sequences to ${role};
set search_path = ${schema}, public, pg_temp;
create table if not exists migration (name text primary key, at timestamptz not null default now());
`)
}

/**
 * Functions that run with the owner's rights are for the service's own role alone. Their search path, taken over from `prepare`, ends in
 * pg_temp: where that is not named, Postgres looks there first, and a caller's temporary table of the right name would be used, with its
 * triggers, by the owner.
 */
async function closeFunctions(client: pg.Client, service: string) {
  const { rows } = await client.query<{ signature: string }>(
    'select oid::regprocedure::text as signature from pg_proc where prosecdef and pronamespace = $1::regnamespace',
    [client.escapeIdentifier(service)],
  )
  for (const { signature } of rows)
    await client.query(
      `revoke execute on function ${signature} from public; grant execute on function ${signature} to ${runtimeRole(service)}`,
    )
}

/** Whether the runtime role exists with this password. An owner that may not change roles can then migrate all the same. */
async function canSignIn(as: DatabaseAddress): Promise<boolean> {
  const client = new pg.Client(as)
  client.on('error', () => {})
  return client.connect().then(
    () => client.end().then(() => true),
    () => false,
  )
}

/** graphile-worker creates and owns its schema, so the runtime role may create one during the migration. */
async function migrateJobs(client: pg.Client, service: string, as: DatabaseAddress) {
  const database = client.escapeIdentifier(as.database)
  await client.query(`grant create on database ${database} to ${as.user}`)
  const pool = new pg.Pool({ ...as, max: 2 })
  for (const event of ['error', 'connect'] as const) pool.on(event, (of: Error | pg.PoolClient) => 'on' in of && of.on('error', () => {}))
  try {
    await runMigrations({ pgPool: pool, schema: `${service}_jobs` })
  } finally {
    await pool.end()
    await client.query(`revoke create on database ${database} from ${as.user}`)
  }
}

function umzug(client: pg.Client, service: Migrated) {
  return new Umzug({
    migrations: allMigrations(service).map(({ name, up }) => ({
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
