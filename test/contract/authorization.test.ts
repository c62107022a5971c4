import type { Endpoint, Role } from '@repitbot/contracts/endpoint'
import { botSecret, serviceSecret } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import { z } from 'zod'
import { begins, type Door, type Member, openPlatform, type Platform } from '../platform.ts'
import { foreignTo, reaches, relationOf } from './reaching.ts'
import { type Answer, type Args, alike, ask, type Route, routes, successOf, titleOf } from './routes.ts'
import type { AnySample } from './samples/sample.ts'
import { samplesOf } from './samples.ts'
import { type Stage, setStage } from './stage.ts'

const roles = ['student', 'parent', 'tutor', 'admin'] as const satisfies Role[]
const doors: Door[] = ['service', 'gateway']

describe('every route answers each caller as its row declares', () => {
  let platform: Platform
  let stage: Stage
  let expired: string
  let closed: Record<Role, string>
  before(async function () {
    this.timeout(60_000)
    platform = await openPlatform()
    stage = await setStage(platform)
    expired = await tokenOfYesterday(platform)
    closed = await closedMemberships(stage)
  })
  after(() => platform?.close())

  const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
  const said = (route: Route, door: Door, args: Args, headers: Record<string, string> = {}) =>
    ask(platform.origin(route.service, door), route, args, headers)
  /** Failed guesses are counted, and here each is meant. */
  const forgiven = () => platform.world.sql('delete from "user".attempt')

  for (const route of routes)
    for (const door of doors.filter((one) => one === 'gateway' || route.service !== 'gateway'))
      it(`${titleOf(route)} at the door of the ${door}`, async () => {
        const { who } = route.row
        const found = samplesOf(route.api, route.name)
        expect(found, 'a route has a sample').not.to.have.length(0)
        await forgiven()
        if (who === 'service' || who === 'bot') return secretly(route, door)
        if (who === 'anyone') return openly(route, door)
        await unsigned(route, door)
        await Promise.all(found.flatMap((sample) => roles.map((role) => cells({ route, door, sample, role }))))
      })

  /** A row between processes: by its own secret alone, and the public door does not know it. */
  async function secretly(route: Route, door: Door) {
    const secret = (value: string) => ({ 'x-service-secret': value })
    const own = { service: serviceSecret, bot: botSecret }[route.row.who as 'service' | 'bot']
    const refused: Record<string, string>[] = [{}, secret('a-guess'), ...roles.map((role) => bearer(platform.people[role].accessToken))]
    for (const other of [serviceSecret, botSecret]) if (other !== own) refused.push(secret(other))
    const isPublic = route.row.who !== 'service'
    for (const headers of refused) {
      const { status } = await said(route, door, {}, headers)
      expect(status, JSON.stringify(headers)).to.equal(door === 'gateway' && !isPublic ? 404 : 401)
    }
    const [sample] = samplesOf(route.api, route.name) as [AnySample]
    const args = await sample.args(stage, { caller: platform.people.admin, owner: platform.people.admin })
    expect((await said(route, door, args, secret(own))).status).to.equal(door === 'gateway' && !isPublic ? 404 : successOf(route))
  }

  /** Whoever calls, signed in or not and however badly, is answered the same. */
  async function openly(route: Route, door: Door) {
    const [sample] = samplesOf(route.api, route.name) as [AnySample]
    const whose = { caller: platform.people.admin, owner: platform.people.admin }
    for (const headers of [{}, bearer(expired), bearer('nonsense'), bearer(platform.people.student.accessToken)]) {
      const answer = await said(route, door, await sample.args(stage, whose), headers)
      expect(answer.status, answer.text).to.equal(sample.answers ?? successOf(route))
      if (!sample.answers) expectReply(route, answer)
    }
  }

  /** Nobody, somebody whose token is over, the bot, and through the gateway those whose membership was closed. */
  async function unsigned(route: Route, door: Door) {
    const args = Object.fromEntries(Object.keys(route.row.params?.shape ?? {}).map((name) => [name, stage.missing]))
    const shut = door === 'gateway' ? Object.values(closed).map(bearer) : []
    const refused: Record<string, string>[] = [
      {},
      bearer(expired),
      { 'x-service-secret': botSecret },
      { 'x-service-secret': serviceSecret },
    ]
    for (const headers of [...refused, ...shut]) {
      const answer = await said(route, door, args, headers)
      expect([answer.status, answer.json], JSON.stringify(headers)).to.deep.include(401)
      expect((answer.json as { code: string }).code).to.equal('not_signed_in')
    }
  }

  /** What is refused uses nothing up, so those cells share their records. */
  const unused = new Map<string, Args | Promise<Args>>()
  const unusedArgs = (sample: AnySample, whose: { caller: Member; owner: Member }, { api, name }: Route) => {
    const key = [api, name, samplesOf(api, name).indexOf(sample), sample.reach && whose.caller.role, whose.owner.userId].join()
    const args = unused.get(key) ?? sample.args(stage, whose)
    unused.set(key, args)
    return args
  }

  type Cells = { route: Route; door: Door; sample: AnySample; role: Role }
  async function cells({ route, door, sample, role }: Cells) {
    const { people } = platform
    const main = people[role]
    const reach = (route.row.who as Exclude<Endpoint['who'], string>)[role] && { ...(route.row.who as object), ...sample.reach }[role]
    const hidden: string[] = []
    const cell = async (args: Args, by: Member) => said(route, door, args, bearer(by.accessToken))
    const denied = async (args: Args, what: string) => {
      const answer = await cell(args, main)
      expect(answer.status, `${role}, ${what}: ${answer.text}`).to.equal(reach ? 404 : 403)
      hidden.push(alike(answer))
    }
    for (const name of sample.of ?? [undefined]) {
      const owner = name ? people[name] : main
      const relation = name ? relationOf(people, sample, { caller: main, owner }) : 'own'
      if (!reach) await denied(await unusedArgs(sample, { caller: main, owner }, route), relation)
      else if (!name || reaches(reach, relation)) {
        const caller = sample.endsSession ? await stage.newcomer(role) : main
        const args = await sample.args(stage, { caller, owner: owner === main ? caller : owner })
        const answer = await cell(args, caller)
        expect(answer.status, `${role}, ${relation}: ${answer.text}`).to.equal(successOf(route))
        expectReply(route, answer)
        for (const id of foreignTo(people, main)) expect(answer.text, `nothing foreign for ${role}`).not.to.include(id)
        for (const id of sample.shows?.(stage, caller) ?? []) expect(answer.text, `what ${role} may see`).to.include(id)
        if (role === 'parent' || role === 'student') expect(answer.text).not.to.include('private-note')
      } else await denied(await unusedArgs(sample, { caller: main, owner }, route), `${relation} (${name})`)
    }
    if (sample.of) {
      const args = await unusedArgs(sample, { caller: main, owner: people[sample.of[0] ?? 'student'] }, route)
      await denied(absent(route, sample, args, stage), 'missing')
    }
    expect(
      new Set(hidden).size,
      `${role}: a stranger's, another school's and a missing one are alike:\n${hidden.join('\n')}`,
    ).to.be.at.most(1)
  }
})

/** What leaves a service is within the row's schema: nothing more, nothing less. */
function expectReply({ row }: Route, { json, text, headers }: Answer) {
  if (row.reply instanceof z.ZodType) expect(row.reply.parse(json)).to.deep.equal(json)
  else if (row.reply === 'stream') expect(headers.get('content-type')).to.match(/^text\/event-stream/)
  else expect(text).to.equal('')
}

function absent({ row }: Route, sample: AnySample, args: Args, stage: Stage): Args {
  if (sample.missing) return sample.missing(args, stage)
  return { ...args, ...Object.fromEntries(Object.keys(row.params?.shape ?? {}).map((name) => [name, stage.missing])) }
}

async function tokenOfYesterday({ world, people }: Platform) {
  world.clock.set(new Date(Date.parse(begins) - 86_400_000))
  const token = await world.token(people.admin, { sid: people.admin.sessionId })
  world.clock.set(begins)
  return token
}

/** One of each role whose membership an admin has closed. */
async function closedMemberships({ newcomer, as }: Stage): Promise<Record<Role, string>> {
  const tokens = roles.map(async (role) => {
    const { userId, accessToken } = await newcomer(role)
    await as('admin').people.disable({ userId })
    return [role, accessToken]
  })
  return Object.fromEntries(await Promise.all(tokens)) as Record<Role, string>
}
