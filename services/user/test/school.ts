import { randomUUIDv7 } from 'node:crypto'
import { authApi, type Entered } from '@repitbot/contracts/auth'
import { client, Refused } from '@repitbot/contracts/client'
import type { FailureCode } from '@repitbot/contracts/failures'
import { peopleApi } from '@repitbot/contracts/people'
import { schoolApi } from '@repitbot/contracts/school'
import { trustApi } from '@repitbot/contracts/trust'
import type { Deps } from '../src/deps.ts'
import { issueFirstLink } from '../src/flows/issue-first-link.ts'

export const password = 'correct horse battery'
export const adminEmail = 'admin@school.test'

/** The part of a test's world that is needed here; what opens worlds is for the tests themselves. */
type SchoolWorld = {
  services: { deps: unknown }[]
  url(service: string): string
  sql(text: string, values?: unknown[]): Promise<unknown[]>
}

/** One school made through the API of the first service of a world, which is the user service. */
export async function openSchool<World extends SchoolWorld>(world: World, serviceSecret: string, more: { teaches?: true } = {}) {
  const deps = world.services[0]?.deps as Deps
  const token = (await issueFirstLink(deps))?.split('#')[1] ?? ''
  const as = (accessToken?: string, from?: From) => speaker(world.url('user'), accessToken, { secret: serviceSecret, ...from })
  const first = { token, school: 'School', name: 'Anna', email: adminEmail, password, zone: 'Europe/Moscow', ...more }
  const admin = await as().auth.firstSchool(first)
  return { world, deps, admin, as }
}
export type OpenSchool<World extends SchoolWorld = SchoolWorld> = Awaited<ReturnType<typeof openSchool<World>>>

type From = { address?: string; agent?: string; secret?: string }
/** The typed clients of every API of the service, with a token or without. */
function speaker(origin: string, token?: string, { address = '192.0.2.1', agent = 'test', secret = '' }: From = {}) {
  const headers = { 'x-client-address': address, 'x-gateway-secret': secret, 'user-agent': agent, 'x-service-secret': secret }
  const deps = { origin, token: () => token, headers }
  return {
    auth: client(authApi, deps),
    people: client(peopleApi, deps),
    school: client(schoolApi, deps),
    trust: client(trustApi, deps),
  }
}
export type Speaker = ReturnType<typeof speaker>

export async function refusal(work: Promise<unknown>): Promise<{ code: FailureCode; status: number; fields: string[] }> {
  try {
    await work
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    const { code, status, errors = [] } = error.problem
    return { code, status, fields: errors.map(({ field }) => field) }
  }
  throw new Error('It was not refused')
}

/** Lets an admin or tutor add somebody, who accepts with an account of their own. */
export async function join(
  school: OpenSchool,
  by: Entered,
  given: { role: 'student' | 'parent' | 'tutor'; name: string; studentIds?: string[] },
) {
  const inviter = school.as(by.accessToken)
  const person = await inviter.people.create(given)
  const { token } = await inviter.people.invite({ role: given.role, userId: person.userId })
  const email = `${randomUUIDv7()}@school.test`
  const entered = await school.as().auth.acceptInvitation({ token, email, password })
  return { ...entered, email, as: school.as(entered.accessToken) }
}

/** A second school with an admin of the given person, put straight into the tables. */
export async function secondSchool({ world }: OpenSchool, email: string) {
  const [schoolId, userId] = [randomUUIDv7(), randomUUIDv7()]
  await world.sql(`insert into "user".school values ($1, $1, 'B', 'ru', 'Europe/Moscow', 1, now())`, [schoolId])
  await world.sql(
    `insert into "user".membership select $1, $2, id, 'admin', 'B', 'ru', 'Europe/Moscow', null, '{}', null, true, 1, now() from "user".person where email = $3`,
    [userId, schoolId, email],
  )
  return { schoolId, userId }
}
