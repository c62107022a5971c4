import { randomUUIDv7 } from 'node:crypto'
import type { Reach, Role } from '@repitbot/contracts/endpoint'
import { expect } from 'chai'
import { type Fixtures, openFixtures } from '../contract/fixtures.ts'
import { reaches, relationOf } from '../contract/reaching.ts'
import { type Answer, ask, type Route, routes, successOf, titleOf } from '../contract/routes.ts'
import type { AnySample } from '../contract/samples/sample.ts'
import { samplesOf } from '../contract/samples.ts'
import { openPlatform, type Platform } from '../platform.ts'

/** POST rows for people that do not end the caller's session. The gateway's own are left out: it stores nothing, so repeating them changes nothing. */
const posts = routes.filter(
  ({ service, row, api, name }) =>
    service !== 'gateway' &&
    row.method === 'post' &&
    typeof row.who !== 'string' &&
    // Nor rows whose sample can only be refused: a refusal is not kept under a key.
    !samplesOf(api, name).some(({ endsSession, status }) => endsSession || status),
)

describe('under one Idempotency-Key', () => {
  let platform: Platform
  let fixtures: Fixtures
  before(async function () {
    this.timeout(60_000)
    platform = await openPlatform()
    fixtures = await openFixtures(platform)
  })
  after(() => platform?.close())

  const send = (route: Route, role: Role, args: Record<string, unknown>, key?: string): Promise<Answer> =>
    ask(platform.gateway.url, route, args, {
      authorization: `Bearer ${platform.people[role].accessToken}`,
      ...(key && { 'idempotency-key': key }),
    })
  /** A role that may call the row, and arguments about a record within its reach. */
  const goodArgs = async ({ row, api, name }: Route) => {
    const [sample] = samplesOf(api, name) as [AnySample]
    const reaching = Object.entries({ ...(row.who as Partial<Record<Role, Reach>>), ...sample.reach }) as [Role, Reach][]
    for (const [role, reach] of reaching)
      for (const about of sample.owners ?? [role]) {
        const whose = { caller: platform.people[role], owner: platform.people[about] }
        if (reaches(reach, relationOf(platform.people, sample, whose))) return { role, args: await sample.args(fixtures, whose) }
      }
    throw new Error(`Nobody may call ${name}`)
  }

  it('200 identical requests at once have one effect and get one answer, and another body under it is refused', async function () {
    this.timeout(60_000)
    const { people, world } = platform
    const [route] = posts.filter(({ api, name }) => api === 'lessons' && name === 'plan') as [Route]
    const args = await samplesOf('lessons', 'plan')[0]?.args(fixtures, { caller: people.admin, owner: people.tutor })
    const key = randomUUIDv7()
    const answers = await Promise.all(Array.from({ length: 200 }, () => send(route, 'admin', args ?? {}, key)))
    expect(
      new Set(answers.map(({ status, text }) => `${status} ${text}`)).size,
      answers.find(({ status }) => status !== 201)?.text,
    ).to.equal(1)
    const [{ json }] = answers as [Answer]
    const { id } = json as { id: string }
    expect(await world.sql('select from lesson.lesson where starts_at = $1', [args?.startsAt])).to.have.length(1)
    expect((await world.published('lesson.planned')).filter(({ body }) => body.lessonId === id)).to.have.length(1)

    const other = await send(route, 'admin', { ...args, subject: 'Physics' }, key)
    expect([other.status, (other.json as { code: string }).code]).to.deep.equal([422, 'idempotency_key_reused'])
    const another = await send(route, 'admin', args ?? {}, randomUUIDv7())
    expect(another.status, 'a new key is a new request').to.equal(409)
    const theirs = await ask(platform.gateway.url, route, args ?? {}, {
      authorization: `Bearer ${people.tutor.accessToken}`,
      'idempotency-key': key,
    })
    expect(theirs.status, "another person's key is another key").to.equal(409)
  })

  for (const route of posts)
    it(`${titleOf(route)} is done once and answered the same twice`, async () => {
      const { role, args } = await goodArgs(route)
      const key = randomUUIDv7()
      const first = await send(route, role, args, key)
      expect(first.status, first.text).to.equal(successOf(route))
      await platform.world.idle()
      const content = await countRows(platform)
      const second = await send(route, role, args, key)
      expect([second.status, second.text]).to.deep.equal([first.status, first.text])
      await platform.world.idle()
      expect(await countRows(platform)).to.deep.equal(content)
    })
})

/** The number of rows in each table of the services. */
async function countRows({ world }: Platform) {
  const tables = await world.sql<{ table: string }>(
    `select format('%I.%I', schemaname, tablename) as table from pg_tables where schemaname = any ($1) order by 1`,
    [world.services.map(({ name }) => name)],
  )
  return world.sql(tables.map(({ table }) => `select '${table}' as what, count(*)::int from ${table}`).join(' union all '))
}
