import { randomUUIDv7 } from 'node:crypto'
import { openWorld, serviceSecret, type World } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import { jobs } from '../src/jobs.ts'
import { userService } from '../src/service.ts'
import { adminEmail, type OpenSchool, openSchool, password } from './school.ts'

const [hourMs, dayMs] = [3_600_000, 86_400_000]

/** For each kind of row: how long after the instant it goes, and how one is written with that instant. */
const ages = [
  {
    table: 'session',
    what: 'a session a day after its end',
    ms: dayMs,
    insert: `insert into "user".session (id, person_id, user_id, seed, generation, agent, address, started_at, used_at, expires_at)
      select $1, person_id, id, '', 0, '', '', $3, now(), $2 from "user".membership limit 1`,
  },
  {
    table: 'session',
    what: 'a session 30 days after its last use, also one that was ended',
    ms: 30 * dayMs,
    insert: `insert into "user".session (id, person_id, user_id, seed, generation, agent, address, started_at, used_at, expires_at, revoked_at, revoked_because)
      select $1, person_id, id, '', 0, '', '', $2, $2, $3::timestamptz + interval '100 days', $2, 'signed_out' from "user".membership limit 1`,
  },
  {
    table: 'attempt',
    what: 'a count of attempts at its end',
    ms: 0,
    insert: 'insert into "user".attempt (key, count, until) select $1::text, 3, $2 where $3::timestamptz is not null',
  },
  {
    table: 'one_time_link',
    what: 'a one-time link at its end',
    ms: 0,
    insert: `insert into "user".one_time_link (id, opens, hash, expires_at)
      select $1::uuid, 'first_school', sha256($1::uuid::text::bytea), $2 where $3::timestamptz is not null`,
  },
  {
    table: 'telegram_request',
    what: 'a request to sign in by Telegram at its end',
    ms: 0,
    insert: `insert into "user".telegram_request (id, kind, state, token_hash, agent, address, expires_at)
      select $1::uuid, 'login', 'asked', sha256($1::uuid::text::bytea), '', '', $2 where $3::timestamptz is not null`,
  },
]

describe('The nightly sweep of sign-ins', () => {
  let school: OpenSchool<World>
  before(async () => {
    school = await openSchool(await openWorld({ services: [userService], people: false }), serviceSecret)
  })
  after(() => school.world.close())
  const sweep = () => jobs(school.deps).sweep?.run({ schoolId: '', correlationId: randomUUIDv7(), payload: {} })

  for (const { table, what, ms, insert } of ages)
    it(`forgets ${what}, and not an hour before`, async () => {
      const { sql, clock } = school.world
      const [older, younger] = [randomUUIDv7(), randomUUIDv7()]
      const now = clock.now().getTime()
      await sql(insert, [older, new Date(now - ms - hourMs), new Date(now)])
      await sql(insert, [younger, new Date(now - ms + hourMs), new Date(now)])
      await sweep()
      const id = table === 'attempt' ? 'key' : 'id'
      const left = await sql<{ id: string }>(`select ${id}::text as id from "user".${table} where ${id}::text = any ($1)`, [
        [older, younger],
      ])
      expect(left.map((row) => row.id)).to.deep.equal([younger])
    })

  it('keeps who signed out today among the revoked, and the link and the count of this minute', async () => {
    const { auth } = school.as()
    const entered = await auth.login({ email: adminEmail, password })
    await school.as(entered.accessToken).auth.logout({})
    await auth.login({ email: adminEmail, password: 'a wrong password' }).catch(() => {})
    const revoked = async () => (await school.as().trust.revocations({})).sessionIds
    const counts = () => school.world.sql('select key, count, until from "user".attempt order by key')
    const before = [await revoked(), await counts()]
    expect(before.map((found) => found.length > 0)).to.deep.equal([true, true])
    await sweep()
    expect([await revoked(), await counts()]).to.deep.equal(before)
  })
})
