import { execFile } from 'node:child_process'
import { randomUUIDv7 } from 'node:crypto'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { cardOf } from '@repitbot/kit/testing/people'
import { ownerAddress, rolePassword } from '@repitbot/kit/testing/stores'
import { until } from '@repitbot/kit/testing/until'
import { openWorld, type World } from '@repitbot/kit/testing/world'
import { notificationService } from '@repitbot/notification/service'
import { userService } from '@repitbot/user/service'
import { expect } from 'chai'

const folder = join(import.meta.dirname, '..')

/** A command of the platform, in a process of its own with the stores that the environment names. */
async function run(world: World, ...args: string[]): Promise<string> {
  const { host, port, database } = ownerAddress(world.name)
  const stores = { POSTGRES_HOST: host, POSTGRES_PORT: `${port}`, POSTGRES_DB: database, POSTGRES_PASSWORD: rolePassword }
  const [command = '', ...rest] = args
  const { stdout } = await promisify(execFile)(process.execPath, [join(folder, `${command}.ts`), ...rest], {
    env: { ...process.env, ...stores },
  })
  return stdout
}

describe('the command for dead letters', () => {
  let world: World
  before(async () => {
    world = await openWorld({ services: [notificationService], people: false })
  })
  beforeEach(() => world.sql('truncate notification.retry'))
  after(() => world.close())

  /** A card that failed in its last attempt; returns its event. */
  const deadCard = async (name: string) => {
    const card = { ...cardOf(name, { userId: randomUUIDv7(), schoolId: '', role: 'student' }), email: 'masha@school.test' }
    const envelope = {
      ...{ id: randomUUIDv7(), name: 'user.created', schemaVersion: 1, schoolId: randomUUIDv7() },
      ...{ occurredAt: new Date().toISOString(), correlationId: randomUUIDv7(), body: card },
    }
    await world.sql(
      `insert into notification.retry (event_id, name, envelope, attempts, next_at, dead_at, error) values ($1, $2, $3, 5, now(), now(), $4)`,
      [envelope.id, envelope.name, JSON.stringify(envelope), 'TypeError: it broke\n    at consumers.ts'],
    )
    return { eventId: envelope.id, userId: card.userId }
  }
  const knows = async ({ userId }: { userId: string }) =>
    (await world.sql('select from notification.person where user_id = $1', [userId])).length === 1

  it('lists them with their errors, and shows no contacts', async () => {
    const { eventId } = await deadCard('Masha')
    const text = await run(world, 'dead-letters', 'notification')
    expect(text).to.contain('notification: 1 dead letters').and.contain(eventId).and.contain('TypeError: it broke')
    expect(text).to.not.match(/Masha|masha@|consumers\.ts/)
  })

  it('tries the named ones again and leaves the others, and then all', async () => {
    const [first, second] = [await deadCard('Masha'), await deadCard('Petya')]
    expect(await run(world, 'dead-letters', 'notification', 'replay', first.eventId)).to.contain('notification: 1 to be tried again')
    await until(() => knows(first))
    expect(await knows(second)).to.equal(false)
    expect(await run(world, 'dead-letters', 'notification', 'replay')).to.contain('notification: 1 to be tried again')
    await until(() => knows(second))
    await until(async () => (await world.sql('select from notification.retry')).length === 0)
  })

  it('names what it does not know', async () => {
    const error = await run(world, 'dead-letters', 'homework').catch(({ stderr }: { stderr: string }) => stderr)
    expect(error).to.contain('homework is not a service; one of user')
  })
})

describe('the command that publishes again', () => {
  it('publishes every person and link of every school, also where there are more than fit a page', async () => {
    const world = await openWorld({ services: [userService], people: false })
    try {
      const schools = [randomUUIDv7(), randomUUIDv7()]
      for (const id of schools) await world.sql(`insert into "user".school values ($1, $1, 'S', 'ru', 'Europe/Moscow', 1, now())`, [id])
      await world.sql(
        `with people as (insert into "user".person (id, created_at) select gen_random_uuid(), now() from generate_series(1, 1201) returning id)
         insert into "user".membership (id, school_id, person_id, role, name, language, zone, active, version, created_at)
         select gen_random_uuid(), (array[$1, $2]::uuid[])[1 + (row_number() over () > 1100)::int], id,
           case when row_number() over () = 1 then 'tutor' else 'student' end, 'P', 'ru', 'Europe/Moscow', true, 1, now() from people`,
        schools,
      )
      await world.sql(
        `insert into "user".link (school_id, holder_id, over_id, link_as, active, version)
         select t.school_id, t.id, s.id, 'tutor', true, 1 from "user".membership t join "user".membership s using (school_id)
         where t.role = 'tutor' and s.role = 'student'`,
      )
      const count = async (table: string) => (await world.sql(`select from ${table}`)).length
      const [people, links, ofSchools] = [await count('"user".membership'), await count('"user".link'), await count('"user".school')]
      expect([people, links]).to.deep.equal([1201, 1099])
      expect(await run(world, 'republish', 'user')).to.contain(`user: ${people + links + ofSchools} republished`)
      const cards = await world.published('user.updated')
      expect(new Set(cards.map(({ body }) => body.userId)).size).to.equal(people)
      expect(new Set((await world.published('reach.granted')).map(({ body }) => body.overId)).size).to.equal(links)
      expect(new Set(cards.map(({ schoolId }) => schoolId))).to.deep.equal(new Set(schools))
    } finally {
      await world.close()
    }
  })

  it('names what it can publish', async () => {
    const world = await openWorld({ services: [userService], people: false })
    const error = await run(world, 'republish', 'lesson').catch(({ stderr }: { stderr: string }) => stderr)
    await world.close()
    expect(error).to.contain('lesson cannot be republished; use: npm run republish user')
  })
})
