import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ownerAddress, rolePassword } from '@repitbot/kit/testing/stores'
import { type AnyService, openWorld, type World } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import pg from 'pg'
import { folderOf, root, services } from './sources.ts'

/** Tables that are read across schools, with the reason: each holds only ids, or is read only by the kit. */
const open = {
  outbox: 'the relay publishes the events of every school',
  'student.school': 'a job closes the days of every school; the table holds only school ids',
}

const serviceFiles = services.map((name) => join(root, folderOf(name), 'src', 'service.ts')).filter(existsSync)
const importServices = async (): Promise<AnyService[]> => {
  const modules = await Promise.all(serviceFiles.map(async (path) => (await import(path)) as Record<string, AnyService>))
  return modules.flatMap((module) => Object.entries(module).flatMap(([name, value]) => (name.endsWith('Service') ? [value] : [])))
}

describe('the schemas of all services together', () => {
  let world: World
  let names: string[]

  before(async () => {
    const all = await importServices()
    names = all.map(({ name }) => name)
    world = await openWorld({ services: all, bus: 'local', people: false })
  })
  after(() => world.close())

  it('have row-level security on every table with a school, except those named here', async () => {
    const found = await world.sql<{ name: string }>(
      `select n.nspname || '.' || c.relname as name from pg_class c
       join pg_namespace n on n.oid = c.relnamespace
       join pg_attribute a on a.attrelid = c.oid and a.attname = 'school_id'
       where c.relkind in ('r', 'p') and n.nspname = any ($1)
         and not (c.relrowsecurity and exists (select from pg_policy p where p.polrelid = c.oid and p.polpermissive))`,
      [names],
    )
    const unnamed = found.map(({ name }) => name).filter((name) => !(name in open) && !(name.replace(/^[^.]+\./, '') in open))
    expect(unnamed).to.deep.equal([])
  })

  it('run every view with the rights of its caller, so that it shows no rows of other schools', async () => {
    const found = await world.sql<{ name: string }>(
      `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('v', 'm') and n.nspname = any ($1) and not ('security_invoker=true' = any (coalesce(c.reloptions, '{}')))`,
      [names],
    )
    expect(found.map(({ name }) => name)).to.deep.equal([])
  })

  it('run what has the rights of the owner for the service alone, and never on a table of the caller', async () => {
    const found = await world.sql<{ name: string }>(
      `select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
       where p.prosecdef and n.nspname = any ($1) and not (
         exists (select from unnest(p.proconfig) as setting where setting like 'search_path=%, pg_temp')
         and not exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) as right_of where right_of.grantee = 0))`,
      [names],
    )
    expect(found.map(({ name }) => name)).to.deep.equal([])
    const client = new pg.Client({ ...ownerAddress(world.name), user: 'repitbot_lesson', password: rolePassword })
    await client.connect()
    try {
      await client.query('create temp table idempotency (used_at timestamptz)')
      await client.query("insert into idempotency values ('2020-01-01')")
      await client.query('select lesson.tidy_idempotency()')
      expect((await client.query('select from pg_temp.idempotency')).rowCount, 'rows of a table of the caller').to.equal(1)
    } finally {
      await client.end()
    }
  })

  it('give no service access to the schema of another', async () => {
    const pairs = await world.sql<{ pair: string }>(
      `select role || ' -> ' || schema as pair from unnest($1::text[]) as role, unnest($2::text[]) as schema
       where role <> 'repitbot_' || schema and has_schema_privilege(role, schema, 'usage')`,
      [names.map((name) => `repitbot_${name}`), names],
    )
    expect(pairs.map(({ pair }) => pair)).to.deep.equal([])
  })

  it('give a running service neither ownership of its tables nor a way around row-level security', async () => {
    const roles = names.map((name) => `repitbot_${name}`)
    const owned = await world.sql<{ name: string }>(
      `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where pg_get_userbyid(c.relowner) = any ($1) and n.nspname <> all ($2)`,
      [roles, names.map((name) => `${name}_jobs`)],
    )
    expect(owned.filter(({ name }) => !name.startsWith('pg_toast'))).to.deep.equal([])
    const strong = await world.sql(
      'select rolname from pg_roles where rolname = any ($1) and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)',
      [roles],
    )
    expect(strong).to.deep.equal([])
  })
})
