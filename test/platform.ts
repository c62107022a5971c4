import { randomUUIDv7 } from 'node:crypto'
import type { Entered } from '@repitbot/contracts/auth'
import type { Role } from '@repitbot/contracts/endpoint'
import type { Answerer } from '@repitbot/contracts/gateway'
import { type ServiceName, serviceNames } from '@repitbot/contracts/services'
import { type Gateway, openGateway } from '@repitbot/gateway/gateway'
import { web } from '@repitbot/gateway/web'
import { withContext } from '@repitbot/kit/context'
import { links, type Somebody } from '@repitbot/kit/testing/people'
import { botSecret, openWorld, serviceSecret, type World, type WorldOptions } from '@repitbot/kit/testing/world'
import { issueFirstLink } from '@repitbot/user/first-link'
import { userService } from '@repitbot/user/service'
import { services } from '../start/services.ts'
import { type Clients, clientsAt } from './clients.ts'

/** Somebody who came in through the real doors, with the tokens of a real sign-in. */
export type Member = {
  userId: string
  schoolId: string
  role: Role
  email: string
  accessToken: string
  refreshToken: string
  sessionId: string
}
export type People = Record<Somebody, Member>
export type Door = 'service' | 'gateway'
export type Doors = {
  world: World
  gateway: Gateway
  /** Where a service is asked: at its own door, or at the gateway's. */
  origin(service: Answerer, door: Door): string
  close(): Promise<void>
}
export type Platform = Doors & {
  people: People
  /** The typed clients of one who is signed in, or of nobody; straight to the services unless told otherwise. */
  as(who?: Somebody | Member, door?: Door): Clients
  /** Somebody new in a school, signed in. */
  newcomer(role: Role, school?: 'A' | 'B', studentIds?: string[]): Promise<Member>
  /** One more sign-in. */
  enter(email: string): Promise<Member>
}

export const password = 'correct horse battery'
/** When these worlds begin: a Monday before noon, in Moscow summer. */
export const begins = '2026-09-07T08:00:00.000Z'

/** Tests ask more in a minute than people do; what limits do has tests of its own. */
const plenty = { perMinute: 100_000, anonymousPerMinute: 100_000, byClass: { 'sign-in': 100_000 } }

/** `page` is the folder of the built web app, when the door shall serve it; `gatewayPort` where it answers, for a service that must know it before. */
type Options = Omit<WorldOptions, 'services'> & { page?: string; gatewayPort?: number }
/** Every service and the gateway in one world. */
export async function openDoors(options: Options = {}): Promise<Doors> {
  // Letters would leave for where nobody listens, and no jobs run: what is tested is that they could.
  const env = { SMTP_URL: 'smtp://127.0.0.1:9', ...options.env }
  const world = await openWorld({ ...options, env, services: Object.values(services) })
  world.clock.set(begins)
  world.settings({ rateLimits: plenty })
  const gateway = await openGateway({
    ...gatewayRuntime(world),
    port: options.gatewayPort ?? 0,
    ...(options.page && { extra: web(options.page) }),
  })
  return {
    world,
    gateway,
    origin: (service, door) => (door === 'gateway' || service === 'gateway' ? gateway.url : world.url(service)),
    async close() {
      await gateway.close()
      await world.close()
    },
  }
}

/** The same with two schools whose people were added, invited and linked through the doors. */
export async function openPlatform(options: Omit<Options, 'people'> = {}): Promise<Platform> {
  const doors = await openDoors({ ...options, people: false })
  const people: Partial<People> = {}
  const as = (who?: Somebody | Member, door: Door = 'service') => {
    const member = typeof who === 'string' ? people[who] : who
    return clientsAt((service) => doors.origin(service, door), member?.accessToken)
  }
  const enter = async (email: string) => memberOf(email, await as().auth.login({ email, password }))
  const newcomer = async (role: Role, school: 'A' | 'B' = 'A', studentIds?: string[]) =>
    joined(as(), as(school === 'A' ? 'admin' : 'stranger'), { role, studentIds })
  const platform = { ...doors, people: people as People, as, newcomer, enter }
  try {
    await peopled(platform)
  } catch (error) {
    await doors.close()
    throw error
  }
  return platform
}

function gatewayRuntime({ url, runtime }: World) {
  const { signals, settings, now } = runtime
  const log = runtime.log('gateway')
  const upstreams = Object.fromEntries(serviceNames.map((name) => [name, [url(name)]])) as Record<ServiceName, string[]>
  return { upstreams, serviceSecret, botSecret, keys: runtime.keys(log), settings, signals, now, log }
}

async function peopled(platform: Platform) {
  const { world, people, as, enter } = platform
  const deps = world.services.find(({ name }) => name === 'user')?.deps as Parameters<typeof issueFirstLink>[0]
  const token = (await issueFirstLink(deps))?.split('#')[1] ?? ''
  const email = 'admin@school.test'
  const first = { token, school: 'A', name: 'admin', email, password, zone: 'Europe/Moscow' }
  people.admin = memberOf(email, await as().auth.firstSchool(first))
  people.stranger = await enter(await secondSchool(world))
  for (const [name, by] of [
    ['tutor', 'admin'],
    ['otherTutor', 'admin'],
    ['student', 'tutor'],
    ['sibling', 'tutor'],
    ['otherStudent', 'otherTutor'],
    ['parent', 'admin'],
    ['otherParent', 'admin'],
    ['tutorB', 'stranger'],
    ['studentB', 'tutorB'],
  ] as const) {
    const role = name === 'sibling' ? 'student' : (/tutor|student|parent/i.exec(name)?.[0].toLowerCase() as Role)
    const children = role === 'parent' ? links.filter(([holder]) => holder === name).map(([, over]) => people[over].userId) : undefined
    people[name] = await joined(as(), as(by), { role, name, studentIds: children })
  }
  // The second school was not made through a door, so nobody was told of its first person.
  await withContext({ correlationId: randomUUIDv7() }, async () => userService.republish?.(deps))
  await world.idle()
}

type Joining = { role: Role; name?: string; studentIds?: string[] }
/** Added by a keeper, invited, and in with an account of his own. */
async function joined(anyone: Clients, keeper: Clients, { role, name = role, studentIds }: Joining): Promise<Member> {
  const email = `${name}-${randomUUIDv7()}@school.test`
  const children = role === 'parent' ? studentIds : undefined
  const userId = role === 'admin' ? undefined : (await keeper.people.create({ role, name, studentIds: children })).userId
  const { token } = await keeper.people.invite({ role, userId })
  return memberOf(email, await anyone.auth.acceptInvitation({ token, email, password, ...(!userId && { name }) }))
}

function memberOf(email: string, { accessToken, refreshToken }: Pick<Entered, 'accessToken' | 'refreshToken'>): Member {
  const claims = JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString()) as Record<string, string>
  const { sub = '', school = '', sid = '', role } = claims
  return { userId: sub, schoolId: school, role: role as Role, email, accessToken, refreshToken, sessionId: sid }
}

/** An installation makes its first school by a link, and no more: the second is put into the tables. Answers its admin's e-mail. */
async function secondSchool({ sql }: World): Promise<string> {
  const [schoolId, personId, userId] = [randomUUIDv7(), randomUUIDv7(), randomUUIDv7()]
  const email = 'stranger@school-b.test'
  await sql(`insert into "user".school values ($1, $1, 'B', 'ru', 'Europe/Moscow', 1, now())`, [schoolId])
  await sql(
    `insert into "user".person (id, email, password_hash, created_at) select $1, $2, password_hash, now() from "user".person limit 1`,
    [personId, email],
  )
  await sql(
    `insert into "user".membership (id, school_id, person_id, role, name, language, zone, channels, active, version, created_at)
     values ($1, $2, $3, 'admin', 'stranger', 'ru', 'Europe/Moscow', '{}', true, 1, now())`,
    [userId, schoolId, personId],
  )
  return email
}
