import { randomUUIDv7 } from 'node:crypto'
import type { Entered } from '@repitbot/contracts/auth'
import type { Role } from '@repitbot/contracts/endpoint'
import type { Answerer } from '@repitbot/contracts/gateway'
import { type ServiceName, serviceNames } from '@repitbot/contracts/services'
import { type Gateway, openGateway } from '@repitbot/gateway/gateway'
import { web } from '@repitbot/gateway/web'
import { withContext } from '@repitbot/kit/context'
import { links, type Somebody } from '@repitbot/kit/testing/people'
import { changeRole } from '@repitbot/kit/testing/seen'
import { botSecret, openWorld, serviceSecret, type World, type WorldOptions } from '@repitbot/kit/testing/world'
import { issueFirstLink } from '@repitbot/user/first-link'
import { userService } from '@repitbot/user/service'
import { services } from '../start/services.ts'
import { type Clients, clientsAt } from './clients.ts'

/** A person who was invited and has signed in by the real routes, with their tokens. */
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
/** How a route is called. */
export type Via = 'service' | 'gateway'
/** The same in the name of a test. */
export const viaText: Record<Via, string> = { service: 'directly at the service', gateway: 'through the gateway' }
export type Installation = {
  world: World
  gateway: Gateway
  /** The address at which a service is called, directly or through the gateway. */
  origin(service: Answerer, via: Via): string
  close(): Promise<void>
}
export type Platform = Installation & {
  people: People
  /** The typed clients of a signed-in person, or of nobody; directly at the services by default. */
  as(who?: Somebody | Member, via?: Via): Clients
  /** Adds a person to a school, and signs them in. */
  newcomer(role: Role, school?: 'A' | 'B', studentIds?: string[]): Promise<Member>
  /** Signs in once more. */
  signIn(email: string): Promise<Member>
}

export const password = 'correct horse battery'
/** The time of the clock at first: a Monday before noon in Moscow. */
export const worldStart = '2026-09-07T08:00:00.000Z'

/** Tests send more requests in a minute than people do; limits have tests of their own. */
const plenty = { perMinute: 100_000, anonymousPerMinute: 100_000, byClass: { 'sign-in': 100_000, refresh: 100_000 } }

/** `page` is the folder of the built web app, where the gateway should serve it; `gatewayPort` its port, for a service that must know it before. */
type Options = Omit<WorldOptions, 'services'> & { page?: string; gatewayPort?: number }
/** Opens every service and the gateway in one test world, with no people made through the routes. */
export async function openInstallation(options: Options = {}): Promise<Installation> {
  // E-mail is configured, so that letters are made; nobody listens at this address, and no job sends them.
  const env = { SMTP_URL: 'smtp://127.0.0.1:9', ...options.env }
  const world = await openWorld({ ...options, env, services: Object.values(services) })
  world.clock.set(worldStart)
  world.settings({ rateLimits: plenty })
  const gateway = await openGateway({
    ...gatewayRuntime(world),
    port: options.gatewayPort ?? 0,
    ...(options.page && { extra: web(options.page) }),
  })
  return {
    world,
    gateway,
    origin: (service, via) => (via === 'gateway' || service === 'gateway' ? gateway.url : world.url(service)),
    async close() {
      await gateway.close()
      await world.close()
    },
  }
}

/** The same with two schools whose people were added, invited and linked by the real routes. */
export async function openPlatform(options: Omit<Options, 'people'> = {}): Promise<Platform> {
  const installation = await openInstallation({ ...options, people: false })
  const people: Partial<People> = {}
  const as = (who?: Somebody | Member, via: Via = 'service') => {
    const member = typeof who === 'string' ? people[who] : who
    return clientsAt((service) => installation.origin(service, via), member?.accessToken)
  }
  const signIn = async (email: string) => memberOf(email, await as().auth.login({ email, password }))
  const newcomer = async (role: Role, school: 'A' | 'B' = 'A', studentIds?: string[]) =>
    join(as(), as(school === 'A' ? 'admin' : 'stranger'), { role, studentIds })
  const platform = { ...installation, people: people as People, as, newcomer, signIn }
  try {
    await addPeople(platform)
  } catch (error) {
    await installation.close()
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

async function addPeople(platform: Platform) {
  const { world, people, as, signIn } = platform
  const deps = world.services.find(({ name }) => name === 'user')?.deps as Parameters<typeof issueFirstLink>[0]
  const token = (await issueFirstLink(deps))?.split('#')[1] ?? ''
  const email = 'admin@school.test'
  const first = { token, school: 'A', name: 'admin', email, password, zone: 'Europe/Moscow' }
  people.admin = memberOf(email, await as().auth.firstSchool(first))
  people.stranger = await signIn(await insertSecondSchool(world))
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
    people[name] = await join(as(), as(by), { role, name, studentIds: children })
  }
  // The second school was inserted into the tables, so the other services have no event about its admin yet.
  await withContext({ correlationId: randomUUIDv7() }, async () => userService.republish?.(deps))
  people.owner = await join(as(), as('admin'), { role: 'admin', name: 'owner' })
  await changeRole(as('admin'), { userId: people.owner.userId, role: 'admin', teaches: true })
  await world.idle()
}

type NewPerson = { role: Role; name?: string; studentIds?: string[] }
/** Adds a person by `inviter`, invites them, and accepts the invitation with an account of their own. */
async function join(anyone: Clients, inviter: Clients, { role, name = role, studentIds }: NewPerson): Promise<Member> {
  const email = `${name}-${randomUUIDv7()}@school.test`
  const children = role === 'parent' ? studentIds : undefined
  const userId = role === 'admin' ? undefined : (await inviter.people.create({ role, name, studentIds: children })).userId
  const { token } = await inviter.people.invite({ role, userId })
  return memberOf(email, await anyone.auth.acceptInvitation({ token, email, password, ...(!userId && { name }) }))
}

function memberOf(email: string, { accessToken, refreshToken }: Pick<Entered, 'accessToken' | 'refreshToken'>): Member {
  const claims = JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString()) as Record<string, string>
  const { sub = '', school = '', sid = '', role } = claims
  return { userId: sub, schoolId: school, role: role as Role, email, accessToken, refreshToken, sessionId: sid }
}

/** An installation makes only its first school by a link, so the second is inserted into the tables. Returns its admin's e-mail. */
async function insertSecondSchool({ sql }: World): Promise<string> {
  const [schoolId, personId, userId] = [randomUUIDv7(), randomUUIDv7(), randomUUIDv7()]
  const email = 'stranger@school-b.test'
  await sql(`insert into "user".school values ($1, $1, 'B', 'ru', 'Europe/Moscow', 1, now())`, [schoolId])
  await sql(
    `insert into "user".person (id, email, password_hash, created_at) select $1, $2, password_hash, now() from "user".person limit 1`,
    [personId, email],
  )
  await sql(
    `insert into "user".membership (id, school_id, person_id, role, name, language, zone, channels, active, version, created_at)
     values ($1, $2, $3, 'admin', 'stranger', 'ru', 'Europe/Moscow', null, true, 1, now())`,
    [userId, schoolId, personId],
  )
  return email
}
