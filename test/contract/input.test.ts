import { gzipSync } from 'node:zlib'
import type { Problem } from '@repitbot/contracts/client'
import { failures } from '@repitbot/contracts/failures'
import { failures as en } from '@repitbot/contracts/texts/en/failures'
import { failures as ru } from '@repitbot/contracts/texts/ru/failures'
import type { Somebody } from '@repitbot/kit/testing/people'
import { botSecret } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import { z } from 'zod'
import { type Door, openPlatform, type Platform } from '../platform.ts'
import { type BadValue, badValues, jsonSchemaOf, objectsIn, put } from './bad-values.ts'
import { type Answer, type Args, type Parts, parted, type Route, routes, send, titleOf } from './routes.ts'
import { samplesOf } from './samples.ts'
import { type Stage, setStage } from './stage.ts'

const shown = routes.filter(({ row }) => row.who !== 'service')
const written = shown.filter(({ row }) => row.body instanceof z.ZodType)
/** What another system brings under its own signature is its own to shape. */
const ours = written.filter(({ row }) => !row.headers)
const texts = { ru, en }
type Language = keyof typeof texts

describe('bad input', () => {
  let platform: Platform
  let stage: Stage
  let columns: string[]
  let content: string
  const requests = new Map<Route, Parts>()
  before(async function () {
    this.timeout(60_000)
    platform = await openPlatform()
    stage = await setStage(platform)
    columns = await columnsOf(platform)
    for (const route of shown) requests.set(route, await requestOf(route))
    await platform.world.idle()
    content = await contentOf(platform)
  })
  after(() => platform?.close())

  /** Somebody who may call the row, signed in. */
  const allowed = ({ row }: Route): Record<string, string> => {
    if (row.who === 'bot') return { 'x-service-secret': botSecret }
    const role = typeof row.who === 'string' ? undefined : (Object.keys(row.who)[0] as Somebody)
    return role ? { authorization: `Bearer ${platform.people[role].accessToken}` } : {}
  }
  /** A good request about something that is not there: whatever else is wrong with it is found first. */
  const requestOf = async (route: Route): Promise<Parts> => {
    const role = typeof route.row.who === 'string' ? 'admin' : (Object.keys(route.row.who)[0] as Somebody)
    const [sample] = samplesOf(route.api, route.name)
    const owner = platform.people[sample?.of?.[0] ?? 'student']
    return parted(route, { ...(await sample?.args(stage, { caller: platform.people[role], owner })), ...absentArgs(route, stage) })
  }
  const good = (route: Route) => requests.get(route) as Parts
  const sent = (route: Route, parts: Omit<Parts, 'body'> & { body?: unknown }, more: Record<string, string> = {}, door: Door = 'gateway') =>
    send(platform.origin(route.service, door), route, parts, { ...allowed(route), ...more })

  for (const route of written)
    it(`${titleOf(route)} refuses each field of a wrong type or over its bound, and names it in both languages`, async () => {
      const parts = good(route)
      const schema = jsonSchemaOf(route.row.body as z.ZodType)
      const refused = badValues(schema).map(async (bad, at) => {
        const language: Language = at % 2 ? 'en' : 'ru'
        const body = put(parts.body ?? {}, schema, bad.path, bad.value)
        expectNamed(await sent(route, { ...parts, body }, { 'accept-language': language }), bad, language)
      })
      await Promise.all(refused)
    })

  for (const route of ours)
    it(`${titleOf(route)} takes no field that it does not declare, whatever column there is`, async () => {
      const parts = good(route)
      const schema = jsonSchemaOf(route.row.body as z.ZodType)
      for (const { path, fields } of objectsIn(schema)) {
        const undeclared = columns.filter((name) => !fields.includes(name))
        const body = undeclared.reduce((whole, name) => put(whole, schema, [...path, name], 'x'), parts.body ?? {})
        const answer = await sent(route, { ...parts, body })
        const named = expectProblem(answer, 'invalid_input').errors?.map(({ field }) => field)
        expect(named).to.include.members(undeclared.map((name) => [...path, name].join('.')))
      }
    })

  for (const route of shown.filter(({ row }) => row.query || row.params))
    it(`${titleOf(route)} refuses an address that is not as declared, and names what is wrong`, async () => {
      const parts = good(route)
      for (const name of Object.keys(route.row.query?.shape ?? {})) {
        const answer = await sent(route, { ...parts, query: { ...parts.query, [name]: 'no-such\0value' } })
        expect(expectProblem(answer, 'invalid_input').errors?.map(({ field: one }) => one)).to.include(name)
      }
      if (route.row.query) {
        const answer = await sent(route, { ...parts, query: { ...parts.query, schoolId: 'x', role: 'admin', reach: 'school' } })
        expect(expectProblem(answer, 'invalid_input').errors?.map(({ field }) => field)).to.include.members(['schoolId', 'reach'])
      }
      for (const name of Object.keys(route.row.params?.shape ?? {})) {
        const answer = await sent(route, {
          ...parts,
          path: parted(route, { ...absentArgs(route, stage), [name]: 'no-such-value' }).path,
        })
        expect(expectProblem(answer, 'invalid_input').errors?.map(({ field }) => field)).to.include(name)
      }
    })

  for (const door of ['service', 'gateway'] as const)
    it(`is told apart at the door of the ${door}: too large, of another type, no JSON, no object`, async () => {
      for (const route of written) {
        const parts = good(route)
        const said = (body: string, more = {}) => sent(route, { ...parts, body }, more, door)
        const large = JSON.stringify({ ...parts.body, more: 'a'.repeat(300_000) })
        expectProblem(await said(large), 'too_large')
        for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/xml'])
          expectProblem(await said(JSON.stringify(parts.body), { 'content-type': type }), 'wrong_media_type')
        for (const text of ['{', '{"a":}', 'nonsense', 'null', '1', '"text"', `{"a": ${'['.repeat(50_000)}`])
          expectProblem(await said(text), 'bad_request')
        expectProblem(await said('[]'), 'invalid_input')
      }
    })

  it('of unknown length, or small until it is unpacked, is cut at its bound', async () => {
    const [route] = written.filter(({ api, name }) => api === 'people' && name === 'create') as [Route]
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

  it('an address that nobody serves is not found, and says so as every refusal does', async () => {
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

  it('has left nothing behind in any table of any service', async () => {
    const { world } = platform
    await world.idle()
    expect(await contentOf(platform)).to.equal(content)
  })

  it('a conflict says with what', async () => {
    const [route] = shown.filter(({ api, name }) => api === 'lessons' && name === 'plan') as [Route]
    const { admin, tutor, student } = platform.people
    const args = (await samplesOf('lessons', 'plan')[0]?.args(stage, { caller: admin, owner: tutor })) as Args
    const first = await sent(route, parted(route, args))
    expect(first.status).to.equal(201)
    const second = await sent(route, parted(route, args))
    const told = expectProblem(second, 'double_booked') as Problem & { with?: Record<string, unknown> }
    expect(told.with).to.include({ lessonId: (first.json as { id: string }).id })
    expect([tutor.userId, student.userId]).to.include(told.with?.personId)
  })
})

const absentArgs = ({ row }: Route, { missing }: Stage): Args =>
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
  // What no column can keep is looked for last, so another fault of the body may be told instead.
  const [named] = String(value).includes('\0') ? errors : errors.filter(({ field }) => field === path.join('.'))
  expect(named, `${what}: ${answer.text}`).not.to.equal(undefined)
  expect(named?.message, what).to.have.length.above(5)
  if (bound !== undefined) expect(named?.message, what).to.include(`${bound}`)
}

/** Every column of every table of the services, in the words of tables and of JSON; and what scripts try. */
async function columnsOf({ world }: Platform): Promise<string[]> {
  const rows = await world.sql<{ name: string }>(
    `select distinct column_name as name from information_schema.columns where table_schema = any ($1)`,
    [world.services.map(({ name }) => name)],
  )
  const camel = (name: string) => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
  return [...new Set(rows.flatMap(({ name }) => [name, camel(name)])), 'constructor', 'toString', '$where', 'isAdmin']
}

/** A fingerprint of all that the services keep. */
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
