import { randomUUIDv7 } from 'node:crypto'
import { type Clients, clientsAt } from '../clients.ts'
import { type Cluster, until } from './namespace.ts'
import { full } from './release.ts'

export const admin = { email: 'admin@e2e.test', password: 'a-password-of-the-e2e' }
export type School = { url: string; admin: Clients; tutor: Clients; student: Clients; parent: Clients; studentId: string }

/** The first school, made as the person who installs makes it, with a tutor, a student and a parent who came in by their invitations. */
export async function makeSchool(cluster: Cluster, url: string): Promise<School> {
  const anyone = clientsAt(() => url)
  const link = (await cluster.kubectl('exec', `deploy/${full}-user`, '--', 'node', 'first-link')).trim()
  const first = { token: link.slice(link.indexOf('#') + 1), school: 'E2E', name: 'Admin', zone: 'Europe/Moscow', ...admin }
  const keeper = clientsAt(() => url, (await anyone.auth.firstSchool(first)).accessToken)
  const come = async (by: Clients, role: 'tutor' | 'student' | 'parent', studentIds?: string[]) => {
    const { userId } = await by.people.create({ role, name: role, ...(studentIds && { studentIds }) })
    const { token } = await by.people.invite({ role, userId })
    const entered = await anyone.auth.acceptInvitation({ token, email: `${role}-${randomUUIDv7()}@e2e.test`, password: admin.password })
    return { userId, clients: clientsAt(() => url, entered.accessToken) }
  }
  const tutor = await come(keeper, 'tutor')
  const student = await come(tutor.clients, 'student')
  const parent = await come(keeper, 'parent', [student.userId])
  return { url, admin: keeper, tutor: tutor.clients, student: student.clients, parent: parent.clients, studentId: student.userId }
}

export const signIn = async (url: string): Promise<Clients> =>
  clientsAt(() => url, (await clientsAt(() => url).auth.login(admin)).accessToken)

/** The lesson story: planned, held, reported; the XP arrives, and the notice in both inboxes. Answers how long that took after the report. */
export async function tellStory({ tutor, student, parent, studentId }: School): Promise<string> {
  const startsAt = new Date(Date.now() - 2 * 3600_000).toISOString()
  const plan = { type: 'individual' as const, subject: 'Maths', startsAt, minutes: 60, students: [{ studentId, priceMinor: 150_000 }] }
  let lessonId = ''
  await until('the lesson could not be planned', 30_000, async () => {
    lessonId = (await tutor.lessons.plan(plan)).id
    return true
  })
  const before = (await student.students.progress({ studentId })).totalXp
  await tutor.lessons.complete({ lessonId, students: [{ studentId, attendance: 'attended', grade: { scale: 'five', value: 5 } }] })
  const begun = performance.now()
  await until('no XP arrived', 30_000, async () => (await student.students.progress({ studentId })).totalXp > before, 20)
  const xpMs = performance.now() - begun
  for (const who of [student, parent])
    await until(
      'no notice arrived',
      30_000,
      async () => (await who.inbox.list({})).notices.some(({ code }) => code === 'lesson_report'),
      20,
    )
  return `XP after ${xpMs.toFixed(0)} ms, both notices after ${(performance.now() - begun).toFixed(0)} ms`
}
