import type { Endpoint, Role } from '@repitbot/contracts/endpoint'
import type { Somebody } from '@repitbot/kit/testing/people'
import { botSecret, serviceSecret } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import { z } from 'zod'
import { type Member, openPlatform, type Platform, type Via, viaText, worldStart } from '../platform.ts'
import { type Fixtures, openFixtures } from './fixtures.ts'
import { foreignTo, reaches, relationOf } from './reaching.ts'
import { type Answer, type Args, ask, comparable, type Route, routes, successOf, titleOf } from './routes.ts'
import type { AnySample } from './samples/sample.ts'
import { samplesOf } from './samples.ts'

const roles = ['student', 'parent', 'tutor', 'admin'] as const satisfies Role[]
/** One person of each role, and an admin who teaches too: they get what an admin gets. */
const callers = [...roles, 'owner'] as const satisfies Somebody[]
const vias: Via[] = ['service', 'gateway']

describe('every route answers each caller as its row declares', () => {
  let platform: Platform
  let fixtures: Fixtures
  let expired: string
  let closed: Record<Role, string>
  before(async function () {
    this.timeout(60_000)
    platform = await openPlatform()
    fixtures = await openFixtures(platform)
    expired = await expiredToken(platform)
    closed = await closedMemberships(fixtures)
  })
  after(() => platform?.close())

  const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
  const call = (route: Route, via: Via, args: Args, headers: Record<string, string> = {}) =>
    ask(platform.origin(route.service, via), route, args, headers)
  /** Failed sign-ins count for a limit; here they are part of the test. */
  const forgetFailedSignIns = () => platform.world.sql('delete from "user".attempt')

  for (const route of routes)
    for (const via of vias.filter((one) => one === 'gateway' || route.service !== 'gateway'))
      it(`${titleOf(route)} ${viaText[via]}`, async () => {
        const { who } = route.row
        const found = samplesOf(route.api, route.name)
        expect(found, 'every route has a sample').not.to.have.length(0)
        await forgetFailedSignIns()
        if (who === 'service' || who === 'bot') return checkSecretRoute(route, via)
        if (who === 'anyone') return checkOpenRoute(route, via)
        await checkNotSignedIn(route, via)
        await Promise.all(found.flatMap((sample) => callers.map((who) => checkCaller({ route, via, sample, who }))))
      })

  /** A row for other processes: it accepts only its own secret, and the gateway has no route for it. */
  async function checkSecretRoute(route: Route, via: Via) {
    const secret = (value: string) => ({ 'x-service-secret': value })
    const own = { service: serviceSecret, bot: botSecret }[route.row.who as 'service' | 'bot']
    const refused: Record<string, string>[] = [{}, secret('a-guess'), ...roles.map((role) => bearer(platform.people[role].accessToken))]
    for (const other of [serviceSecret, botSecret]) if (other !== own) refused.push(secret(other))
    const isPublic = route.row.who !== 'service'
    for (const headers of refused) {
      const { status } = await call(route, via, {}, headers)
      expect(status, JSON.stringify(headers)).to.equal(via === 'gateway' && !isPublic ? 404 : 401)
    }
    const [sample] = samplesOf(route.api, route.name) as [AnySample]
    const args = await sample.args(fixtures, { caller: platform.people.admin, owner: platform.people.admin })
    expect((await call(route, via, args, secret(own))).status).to.equal(via === 'gateway' && !isPublic ? 404 : successOf(route))
  }

  /** A row for anyone: it answers the same with a good token, a bad one or none. */
  async function checkOpenRoute(route: Route, via: Via) {
    const [sample] = samplesOf(route.api, route.name) as [AnySample]
    const parties = { caller: platform.people.admin, owner: platform.people.admin }
    for (const headers of [{}, bearer(expired), bearer('nonsense'), bearer(platform.people.student.accessToken)]) {
      const answer = await call(route, via, await sample.args(fixtures, parties), headers)
      expect(answer.status, answer.text).to.equal(sample.status ?? successOf(route))
      if (!sample.status) expectReply(route, answer)
    }
  }

  /** Refuses a call without a token, with an expired one, with the secrets of processes, and through the gateway with the token of a closed membership. */
  async function checkNotSignedIn(route: Route, via: Via) {
    const args = Object.fromEntries(Object.keys(route.row.params?.shape ?? {}).map((name) => [name, fixtures.missing]))
    const ofClosed = via === 'gateway' ? Object.values(closed).map(bearer) : []
    const refused: Record<string, string>[] = [
      {},
      bearer(expired),
      { 'x-service-secret': botSecret },
      { 'x-service-secret': serviceSecret },
    ]
    for (const headers of [...refused, ...ofClosed]) {
      const answer = await call(route, via, args, headers)
      expect([answer.status, answer.json], JSON.stringify(headers)).to.deep.include(401)
      expect((answer.json as { code: string }).code).to.equal('not_signed_in')
    }
  }

  /** A refused call changes nothing, so refused calls share their records. */
  const shared = new Map<string, Args | Promise<Args>>()
  const sharedArgs = (sample: AnySample, parties: { caller: Member; owner: Member }, { api, name }: Route) => {
    const key = [api, name, samplesOf(api, name).indexOf(sample), sample.reach && parties.caller.userId, parties.owner.userId].join()
    const args = shared.get(key) ?? sample.args(fixtures, parties)
    shared.set(key, args)
    return args
  }

  type Cell = { route: Route; via: Via; sample: AnySample; who: (typeof callers)[number] }
  /** Calls the route as one person, about their own, a linked, a foreign and a missing record. */
  async function checkCaller({ route, via, sample, who }: Cell) {
    const { people } = platform
    const main = people[who]
    const { role } = main
    const reach = (route.row.who as Exclude<Endpoint['who'], string>)[role] && { ...(route.row.who as object), ...sample.reach }[role]
    const refusals: string[] = []
    const callAs = async (args: Args, by: Member) => call(route, via, args, bearer(by.accessToken))
    const expectRefused = async (args: Args, what: string) => {
      const answer = await callAs(args, main)
      expect(answer.status, `${who}, ${what}: ${answer.text}`).to.equal(reach ? 404 : 403)
      refusals.push(comparable(answer))
    }
    for (const name of sample.owners ?? [undefined]) {
      const owner = name ? people[name] : main
      const relation = name ? relationOf(people, sample, { caller: main, owner }) : 'own'
      if (!reach) await expectRefused(await sharedArgs(sample, { caller: main, owner }, route), relation)
      else if (!name || reaches(reach, relation)) {
        const caller = sample.endsSession ? await fixtures.newcomer(who) : main
        const args = await sample.args(fixtures, { caller, owner: owner === main ? caller : owner })
        const answer = await callAs(args, caller)
        expect(answer.status, `${who}, ${relation}: ${answer.text}`).to.equal(sample.status ?? successOf(route))
        if (!sample.status) expectReply(route, answer)
        for (const id of foreignTo(people, main)) expect(answer.text, `nothing foreign for ${who}`).not.to.include(id)
        for (const id of sample.mustInclude?.(fixtures, caller) ?? []) expect(answer.text, `what ${who} may see`).to.include(id)
        if (role === 'parent' || role === 'student') expect(answer.text).not.to.include('private-note')
      } else await expectRefused(await sharedArgs(sample, { caller: main, owner }, route), `${relation} (${name})`)
    }
    if (sample.owners) {
      const args = await sharedArgs(sample, { caller: main, owner: people[sample.owners[0] ?? 'student'] }, route)
      await expectRefused(absent(route, sample, args, fixtures), 'missing')
    }
    expect(
      new Set(refusals).size,
      `${who}: a stranger's record, another school's and a missing one are answered alike:\n${refusals.join('\n')}`,
    ).to.be.at.most(1)
  }
})

/** A reply matches the row's schema exactly: no field more, no field less. */
function expectReply({ row }: Route, { json, text, headers }: Answer) {
  if (row.reply instanceof z.ZodType) expect(row.reply.parse(json)).to.deep.equal(json)
  else if (row.reply === 'stream') expect(headers.get('content-type')).to.match(/^text\/event-stream/)
  else expect(text).to.equal('')
}

function absent({ row }: Route, sample: AnySample, args: Args, fixtures: Fixtures): Args {
  if (sample.missing) return sample.missing(args, fixtures)
  return { ...args, ...Object.fromEntries(Object.keys(row.params?.shape ?? {}).map((name) => [name, fixtures.missing])) }
}

async function expiredToken({ world, people }: Platform) {
  world.clock.set(new Date(Date.parse(worldStart) - 86_400_000))
  const token = await world.token(people.admin, { sid: people.admin.sessionId })
  world.clock.set(worldStart)
  return token
}

/** Tokens of one person of each role whose membership an admin has closed. */
async function closedMemberships({ newcomer, as }: Fixtures): Promise<Record<Role, string>> {
  const tokens = roles.map(async (role) => {
    const { userId, accessToken } = await newcomer(role)
    await as('admin').people.disable({ userId })
    return [role, accessToken]
  })
  return Object.fromEntries(await Promise.all(tokens)) as Record<Role, string>
}
