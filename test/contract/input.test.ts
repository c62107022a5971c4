import { gzipSync } from 'node:zlib'
import type { Problem } from '@repitbot/contracts/client'
import { failures } from '@repitbot/contracts/failures'
import { failures as en } from '@repitbot/contracts/texts/en/failures'
import { failures as ru } from '@repitbot/contracts/texts/ru/failures'
import type { Somebody } from '@repitbot/kit/testing/people'
import { botSecret } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import { z } from 'zod'
import { openPlatform, type Platform, type Via, viaText } from '../platform.ts'
import { type BadValue, badValues, jsonSchemaOf, notStorable, objectsIn, put } from './bad-values.ts'
import { type Fixtures, openFixtures } from './fixtures.ts'
import { type Answer, type Args, type Parts, type Route, routes, send, titleOf, toParts } from './routes.ts'
import { samplesOf } from './samples.ts'

const publicRoutes = routes.filter(({ row }) => row.who !== 'service')
const withBody = publicRoutes.filter(({ row }) => row.body instanceof z.ZodType)
/** Rows with headers are webhooks, whose body has the shape that another system gives it. */
const ours = withBody.filter(({ row }) => !row.headers)
const texts = { ru, en }
type Language = keyof typeof texts

describe('bad input', () => {
  let platform: Platform
  let fixtures: Fixtures
  let columns: string[]
  let content: string
  const requests = new Map<Route, Parts>()
  before(async function () {
    this.timeout(60_000)
    platform = await openPlatform()
    fixtures = await openFixtures(platform)
    columns = await columnsOf(platform)
    for (const route of publicRoutes) requests.set(route, await requestOf(route))
    await platform.world.idle()
    content = await contentOf(platform)
  })
  after(() => platform?.close())

  /** The headers of a caller who may call the row. */
  const allowed = ({ row }: Route): Record<string, string> => {
    if (row.who === 'bot') return { 'x-service-secret': botSecret }
    const role = typeof row.who === 'string' ? undefined : (Object.keys(row.who)[0] as Somebody)
    return role ? { authorization: `Bearer ${platform.people[role].accessToken}` } : {}
  }
  /** A valid request about a missing record: any other fault of the request is refused before the record is looked for. */
  const requestOf = async (route: Route): Promise<Parts> => {
    const role = typeof route.row.who === 'string' ? 'admin' : (Object.keys(route.row.who)[0] as Somebody)
    const [sample] = samplesOf(route.api, route.name)
    const owner = platform.people[sample?.owners?.[0] ?? 'student']
    return toParts(route, { ...(await sample?.args(fixtures, { caller: platform.people[role], owner })), ...absentArgs(route, fixtures) })
  }
  const good = (route: Route) => requests.get(route) as Parts
  const call = (route: Route, parts: Omit<Parts, 'body'> & { body?: unknown }, more: Record<string, string> = {}, via: Via = 'gateway') =>
    send(platform.origin(route.service, via), route, parts, { ...allowed(route), ...more })

  for (const route of withBody)
    it(`${titleOf(route)} refuses each field of a wrong type or beyond its bound, and names it in both languages`, async () => {
      const parts = good(route)
      const schema = jsonSchemaOf(route.row.body as z.ZodType)
      const refused = badValues(schema).map(async (bad, at) => {
        const language: Language = at % 2 ? 'en' : 'ru'
        const body = put(parts.body ?? {}, schema, bad.path, bad.value)
        expectNamed(await call(route, { ...parts, body }, { 'accept-language': language }), bad, language)
      })
      await Promise.all(refused)
    })

  for (const route of ours)
    it(`${titleOf(route)} takes no field that it does not declare, not even one named like a column`, async () => {
      const parts = good(route)
      const schema = jsonSchemaOf(route.row.body as z.ZodType)
      for (const { path, fields } of objectsIn(schema)) {
        const undeclared = columns.filter((name) => !fields.includes(name))
        const body = undeclared.reduce((whole, name) => put(whole, schema, [...path, name], 'x'), parts.body ?? {})
        const answer = await call(route, { ...parts, body })
        const named = expectProblem(answer, 'invalid_input').errors?.map(({ field }) => field)
        expect(named).to.include.members(undeclared.map((name) => [...path, name].join('.')))
      }
    })

  for (const route of publicRoutes.filter(({ row }) => row.query || row.params))
    it(`${titleOf(route)} refuses an address with undeclared or bad values, and names them`, async () => {
      const parts = good(route)
      for (const name of Object.keys(route.row.query?.shape ?? {})) {
        const answer = await call(route, { ...parts, query: { ...parts.query, [name]: 'no-such\0value' } })
        expect(expectProblem(answer, 'invalid_input').errors?.map(({ field: one }) => one)).to.include(name)
      }
      if (route.row.query) {
        const answer = await call(route, { ...parts, query: { ...parts.query, schoolId: 'x', role: 'admin', reach: 'school' } })
        expect(expectProblem(answer, 'invalid_input').errors?.map(({ field }) => field)).to.include.members(['schoolId', 'reach'])
      }
      for (const name of Object.keys(route.row.params?.shape ?? {})) {
        const answer = await call(route, {
          ...parts,
          path: toParts(route, { ...absentArgs(route, fixtures), [name]: 'no-such-value' }).path,
        })
        expect(expectProblem(answer, 'invalid_input').errors?.map(({ field }) => field)).to.include(name)
      }
    })

  for (const via of ['service', 'gateway'] as const)
    it(`is refused ${viaText[via]} by its kind: too large, of another type, not JSON, not an object`, async () => {
      for (const route of withBody) {
        const parts = good(route)
        const callWith = (body: string, more = {}) => call(route, { ...parts, body }, more, via)
        const large = JSON.stringify({ ...parts.body, more: 'a'.repeat(300_000) })
        expectProblem(await callWith(large), 'too_large')
        for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/xml'])
          expectProblem(await callWith(JSON.stringify(parts.body), { 'content-type': type }), 'wrong_media_type')
        for (const text of ['{', '{"a":}', 'nonsense', 'null', '1', '"text"', `{"a": ${'['.repeat(50_000)}`])
          expectProblem(await callWith(text), 'bad_request')
        expectProblem(await callWith('[]'), 'invalid_input')
      }
    })

  it('of unknown length, or compressed and large when unpacked, is refused at its bound', async () => {
    const [route] = withBody.filter(({ api, name }) => api === 'people' && name === 'create') as [Route]
    const url = `${platform.gateway.url}${route.path}`
    const headers = { ...allowed(route), 'content-type': 'application/json' }
    const chunks = () => new ReadableStream({ pull: (stream) => stream.enqueue(Buffer.alloc(65_536, 'a')) })
    const endless = fetch(url, { method: 'POST', headers, body: chunks(), duplex: 'half' } as RequestInit)
    expect(
      await endless.then(
        ({ status }) => status,
        () => 'cut',
      ),
    ).to.be.oneOf([413, 'cut'])
    const packed = gzipSync(JSON.stringify({ name: 'a'.repeat(5_000_000) }))
    expect(packed.length).to.be.below(10_000)
    const bomb = await fetch(url, { method: 'POST', headers: { ...headers, 'content-encoding': 'gzip' }, body: packed })
    expect(bomb.status).to.equal(413)
  })

  it('at an unknown address is answered 404, in the form of every refusal', async () => {
    for (const path of [
      '/api/v1/nothing',
      '/nothing',
      '/auth',
      '/api/v1/lessons/x/y/z',
      '/API/V1/lessons',
      '/%2e%2e/etc/passwd',
      '/health/nothing',
    ]) {
      const response = await fetch(platform.gateway.url + path, { headers: { 'accept-language': 'en' } })
      const answer = { status: response.status, headers: response.headers, text: await response.text(), json: undefined as unknown }
      expectProblem({ ...answer, json: JSON.parse(answer.text) }, 'not_found', 'en')
    }
  })

  it('has changed nothing in any table of any service', async () => {
    const { world } = platform
    await world.idle()
    expect(await contentOf(platform)).to.equal(content)
  })

  it('that conflicts with a lesson is refused with that lesson and person', async () => {
    const [route] = publicRoutes.filter(({ api, name }) => api === 'lessons' && name === 'plan') as [Route]
    const { admin, tutor, student } = platform.people
    const args = (await samplesOf('lessons', 'plan')[0]?.args(fixtures, { caller: admin, owner: tutor })) as Args
    const first = await call(route, toParts(route, args))
    expect(first.status).to.equal(201)
    const second = await call(route, toParts(route, args))
    const problem = expectProblem(second, 'double_booked') as Problem & { with?: Record<string, unknown> }
    expect(problem.with).to.include({ lessonId: (first.json as { id: string }).id })
    expect([tutor.userId, student.userId]).to.include(problem.with?.personId)
  })
})

const absentArgs = ({ row }: Route, { missing }: Fixtures): Args =>
  Object.fromEntries(Object.keys(row.params?.shape ?? {}).map((name) => [name, name === 'as' ? 'parent' : missing]))

/** The form of every refusal (RFC 9457). */
function expectProblem(answer: Answer, code: keyof typeof failures, language: Language = 'ru'): Problem {
  const problem = answer.json as Problem
  expect([answer.status, problem?.code], answer.text).to.deep.equal([failures[code], code])
  expect(answer.headers.get('content-type')).to.match(/^application\/problem\+json/)
  expect(problem).to.include({ type: `urn:repitbot:problem:${code}`, title: texts[language][code], status: failures[code] })
  expect(problem.correlationId).to.equal(answer.headers.get('x-correlation-id'))
  expect(answer.text).not.to.match(/ at .*\.ts:\d+|node_modules|select |insert /)
  return problem
}

function expectNamed(answer: Answer, { path, value, bound }: BadValue, language: Language) {
  const what = `${path.join('.')} = ${JSON.stringify(value)?.slice(0, 60)}`
  const { errors = [] } = expectProblem(answer, 'invalid_input', language)
  // Text that cannot be stored is checked last, so the refusal may name another fault of the body.
  const [named] = notStorable.includes(value as string) ? errors : errors.filter(({ field }) => field === path.join('.'))
  expect(named, `${what}: ${answer.text}`).not.to.equal(undefined)
  expect(named?.message, what).to.have.length.above(5)
  if (bound !== undefined) expect(named?.message, what).to.include(`${bound}`)
}

/** The name of every column of every table of the services, in snake case and in camel case, and some names that attacks use. */
async function columnsOf({ world }: Platform): Promise<string[]> {
  const rows = await world.sql<{ name: string }>(
    `select distinct column_name as name from information_schema.columns where table_schema = any ($1)`,
    [world.services.map(({ name }) => name)],
  )
  const camel = (name: string) => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
  return [...new Set(rows.flatMap(({ name }) => [name, camel(name)])), 'constructor', 'toString', '$where', 'isAdmin']
}

/** A hash of the rows of each table of the services. */
async function contentOf({ world }: Platform): Promise<string> {
  const schemas = world.services.map(({ name }) => name)
  const tables = await world.sql<{ table: string }>(
    `select format('%I.%I', schemaname, tablename) as table from pg_tables where schemaname = any ($1) order by 1`,
    [schemas],
  )
  const hashes = tables.map(
    ({ table }) => `select '${table}' as what, md5(coalesce(string_agg(t::text, '' order by t::text), '')) as content from ${table} t`,
  )
  return JSON.stringify(await world.sql(hashes.join(' union all ')), null, 1)
}
