import { setTimeout as sleep } from 'node:timers/promises'
import { authApi } from '@repitbot/contracts/auth'
import { type Client, client, Refused } from '@repitbot/contracts/client'
import { lessonApi } from '@repitbot/contracts/lesson'
import { lessonPolicyApi } from '@repitbot/contracts/lesson-policy'
import { peopleApi } from '@repitbot/contracts/people'
import { seriesApi } from '@repitbot/contracts/series'
import type { Fleet } from './services.ts'

export type Pupil = { studentId: string; tutorId: string; parentId: string }
export type School = {
  schoolId: string
  adminId: string
  pupils: Pupil[]
  lessons: Client<typeof lessonApi>
  auth: Client<typeof authApi>
  people: Client<typeof peopleApi>
  policy: Client<typeof lessonPolicyApi>
  series: Client<typeof seriesApi>
  token(): string
  close(): void
}
export const signIn = { email: 'admin@fleet.test', password: 'a-password-of-the-fleet' }
const zone = 'Europe/Moscow'
const tokenMs = 4 * 60_000
const peopleMsMax = 60_000
const waitMsMax = 300_000

/** A school with tutors, their pupils and a parent for each, made through the gateway; its admin stays signed in. */
export async function openSchool(fleet: Fleet, { tutors = 8, pupilsEach = 5 } = {}): Promise<School> {
  const origin = fleet.urls.gateway
  let token = ''
  const deps = { origin, token: () => token, fetch: within(10_000) }
  const auth = client(authApi, deps)
  const people = client(peopleApi, deps)
  const link = await fleet.firstLink()
  const first = { token: link.slice(link.indexOf('#') + 1), school: 'Fleet', name: 'Admin', zone, ...signIn }
  const session = await auth.firstSchool(first)
  token = session.accessToken
  const renew = () =>
    void auth.login(signIn).then(
      (again) => (token = again.accessToken),
      () => undefined,
    )
  const timer = setInterval(renew, tokenMs).unref()

  const pupils: Pupil[] = []
  for (let at = 0; at < tutors; at++) {
    const tutor = await people.create({ role: 'tutor', name: `Tutor ${at}` })
    for (let n = 0; n < pupilsEach; n++) {
      const student = await people.create({ role: 'student', name: `Pupil ${at}-${n}`, birthYear: 2012, zone, tutorIds: [tutor.userId] })
      const parent = await people.create({ role: 'parent', name: `Parent ${at}-${n}`, studentIds: [student.userId] })
      pupils.push({ studentId: student.userId, tutorId: tutor.userId, parentId: parent.userId })
    }
  }
  await waitForPeople(fleet, tutors * (1 + pupilsEach), tutors * pupilsEach)
  const schoolId = session.memberships[0]?.schoolId ?? ''
  return {
    schoolId,
    adminId: session.userId,
    pupils,
    auth,
    people,
    token: () => token,
    close: () => clearInterval(timer),
    lessons: client(lessonApi, deps),
    policy: client(lessonPolicyApi, deps),
    series: client(seriesApi, deps),
  }
}

/** Waits until every service has all people and links. */
async function waitForPeople(fleet: Fleet, people: number, parents: number): Promise<void> {
  const until = Date.now() + peopleMsMax
  for (;;) {
    const [row] = await fleet.sql<{ cards: number; links: number }>(
      `select least((select count(*) from lesson.person), (select count(*) from student.person),
         (select count(*) from notification.card))::int as cards,
       (select count(*)::int from notification.reach where reach_as = 'parent' and granted) as links`,
    )
    if (row && row.cards >= people && row.links >= parents) return
    if (Date.now() > until) throw new Error(`after ${peopleMsMax / 1000} s some services lack people or links: ${JSON.stringify(row)}`)
    await sleep(100)
  }
}

/** A fetch with a timeout. */
const within =
  (ms: number): typeof fetch =>
  (input, init) =>
    fetch(input, { ...init, signal: AbortSignal.timeout(ms) })

/** Repeats a request until it is answered; only failures that may pass are repeated, under the same idempotency key. */
export async function untilAnswered<T>(work: () => Promise<T>): Promise<{ answer: T; tries: number }> {
  const until = Date.now() + waitMsMax
  for (let tries = 1; ; tries++) {
    try {
      return { answer: await work(), tries }
    } catch (error) {
      if (error instanceof Refused && error.problem.status < 500 && error.problem.status !== 429 && error.problem.status !== 401)
        throw error
      if (Date.now() > until) throw new Error(`Nothing was answered in ${waitMsMax / 1000} s and ${tries} tries`, { cause: error })
      await sleep(100 + Math.random() * 200)
    }
  }
}
