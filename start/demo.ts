import { randomUUIDv7 } from 'node:crypto'
import { authApi } from '@repitbot/contracts/auth'
import { type Client, client } from '@repitbot/contracts/client'
import { inboxApi } from '@repitbot/contracts/inbox'
import { lessonApi } from '@repitbot/contracts/lesson'
import { peopleApi } from '@repitbot/contracts/people'
import { seriesApi } from '@repitbot/contracts/series'
import { demo as en } from '@repitbot/contracts/texts/en/demo'
import { demo as ru } from '@repitbot/contracts/texts/ru/demo'
import { withContext } from '@repitbot/kit/context'
import { confirmEveryEmail } from '@repitbot/user/confirm-every-email'
import type { Platform } from './platform.ts'

export type Clock = { now(): Date; set(instant: Date | undefined): void }
export type DemoLanguage = 'ru' | 'en'

const texts = { ru, en }
const zone = 'Europe/Moscow'
const password = 'repitbot-demo'
const roles = ['tutor', 'student', 'parent', 'admin'] as const
const emailOf = (role: (typeof roles)[number]) => `${role}@demo.test`
export const demoSignIn = (role: (typeof roles)[number]) => ({ email: emailOf(role), password })
const dayMs = 86_400_000
const weeksPast = 13
/** Notices of the last days are unread, which is at least one lesson for everybody; older ones are read. */
const unreadDays = 7

/** The weekly lessons of each student: subject, weekdays, wall time, minutes and price; `ability` is the chance of a good grade, in percent. */
const plans = [
  { subject: 0, weekdays: [1, 4], at: '16:00', minutes: 60, priceMinor: 150_000, ability: 90 },
  { subject: 2, weekdays: [1, 3], at: '17:15', minutes: 45, priceMinor: 120_000, ability: 70 },
  { subject: 1, weekdays: [2], at: '18:00', minutes: 60, priceMinor: 160_000, ability: 80 },
  { subject: 0, weekdays: [2, 5], at: '15:00', minutes: 60, priceMinor: 150_000, ability: 60 },
  { subject: 0, weekdays: [3], at: '18:30', minutes: 90, priceMinor: 220_000, ability: 75 },
  { subject: 2, weekdays: [6], at: '11:00', minutes: 60, priceMinor: 130_000, ability: 85 },
]
/** The children of each parent, as indexes of the students. */
const families = [[0, 1], [2], [3]]

export const demoSignIns = (language: DemoLanguage): string[] => [
  ...roles.map((role) => `${emailOf(role).padEnd(20)} ${texts[language].signIns[role]}`),
  `password: ${password}`,
]

type Clients = {
  auth: Client<typeof authApi>
  people: Client<typeof peopleApi>
  lessons: Client<typeof lessonApi>
  series: Client<typeof seriesApi>
  inbox: Client<typeof inboxApi>
}

type DemoOptions = { link: string; language: DemoLanguage; onProgress: (percent: number) => void }

/**
 * Makes the demo school by calls of the services' APIs. The calls go to the services directly, because the gateway limits requests and
 * the demo makes three months of them in seconds. The clock is set from lesson to lesson, so that XP, levels and notices arise as they
 * would in real use.
 */
export async function makeDemo(platform: Platform, clock: Clock, { link, language, onProgress }: DemoOptions) {
  const words = texts[language]
  const today = new Date()
  clock.set(new Date(Math.floor(today.getTime() / dayMs) * dayMs - weeksPast * 7 * dayMs))
  const { services } = platform
  const admin = openSession(services, clock)
  const token = link.slice(link.indexOf('#') + 1)
  await admin.signIn((auth) =>
    auth.firstSchool({ token, school: words.school, name: words.admin, email: emailOf('admin'), password, zone, language }),
  )
  const { tutor, students } = await addPeople(admin, services, clock, words)
  await withContext({ correlationId: randomUUIDv7() }, () => confirmEveryEmail(services.user.deps))
  await idle(platform)
  await planLessons(tutor, students, words, clock)
  await holdLessons(platform, tutor, clock, { until: today, words, onProgress })
  clock.set(today)
  await idle(platform)
}

/** The session of one person: signs in once, and refreshes its tokens as the clock of the demo goes on. */
function openSession({ user, lesson, notification }: Platform['services'], clock: Clock) {
  let tokens = { accessToken: '', refreshToken: '' }
  let refreshedAt = 0
  const anyone = client(authApi, { origin: user.url })
  const keep = (issued: typeof tokens) => {
    tokens = issued
    refreshedAt = clock.now().getTime()
  }
  const token = () => tokens.accessToken
  const clients: Clients = {
    auth: client(authApi, { origin: user.url, token }),
    people: client(peopleApi, { origin: user.url, token }),
    lessons: client(lessonApi, { origin: lesson.url, token }),
    series: client(seriesApi, { origin: lesson.url, token }),
    inbox: client(inboxApi, { origin: notification.url, token }),
  }
  return {
    async signIn(by: (auth: Client<typeof authApi>) => Promise<typeof tokens>) {
      keep(await by(anyone))
      return clients
    },
    async clients(): Promise<Clients> {
      if (clock.now().getTime() - refreshedAt > 5 * 60_000) keep(await anyone.refresh({ refreshToken: tokens.refreshToken }))
      return clients
    },
  }
}
type Session = ReturnType<typeof openSession>

async function addPeople(admin: Session, services: Platform['services'], clock: Clock, words: typeof ru) {
  const { people } = await admin.clients()
  const tutorCard = await people.create({ role: 'tutor', name: words.tutor })
  const students: string[] = []
  for (const [at, name] of words.students.entries()) {
    const student = await people.create({ role: 'student', name, birthYear: 2009 + (at % 4), tutorIds: [tutorCard.userId] })
    students.push(student.userId)
  }
  const parents: string[] = []
  for (const [at, children] of families.entries()) {
    const parent = await people.create({
      role: 'parent',
      name: words.parents[at] ?? '',
      studentIds: children.map((child) => students[child] ?? ''),
    })
    parents.push(parent.userId)
  }
  const acceptInvitation = async (role: 'tutor' | 'student' | 'parent', userId: string) => {
    const { token } = await people.invite({ role, userId })
    const session = openSession(services, clock)
    await session.signIn((auth) => auth.acceptInvitation({ token, email: emailOf(role), password }))
    return session
  }
  const tutor = await acceptInvitation('tutor', tutorCard.userId)
  await acceptInvitation('student', students[0] ?? '')
  await acceptInvitation('parent', parents[0] ?? '')
  return { tutor, students }
}

async function planLessons(tutor: Session, students: string[], words: typeof ru, clock: Clock) {
  const { series } = await tutor.clients()
  const from = clock.now().toISOString().slice(0, 10)
  for (const [at, { subject, priceMinor, ability: _ability, ...rest }] of plans.entries())
    await series.plan({
      ...rest,
      type: 'individual',
      subject: words.subjects[subject] ?? '',
      freq: 'weekly',
      zone,
      from,
      students: [{ studentId: students[at] ?? '', priceMinor }],
    })
}

type HoldOptions = { until: Date; words: typeof ru; onProgress: (percent: number) => void }
/** Goes from day to day: each lesson is reported at its end, and the nightly jobs run each night. */
async function holdLessons(platform: Platform, tutor: Session, clock: Clock, { until, words, onProgress }: HoldOptions) {
  const begun = clock.now().getTime()
  const chance = dice()
  for (let day = begun; day < until.getTime(); day += dayMs) {
    clock.set(new Date(day))
    await platform.runNightly()
    if (Math.floor((until.getTime() - day) / dayMs) === unreadDays) await readInboxes(platform.services, clock)
    const { lessons } = await (await tutor.clients()).lessons.list({
      from: new Date(day).toISOString(),
      until: new Date(Math.min(day + dayMs, until.getTime())).toISOString(),
    })
    for (const lesson of lessons) {
      const endsAt = new Date(Date.parse(lesson.startsAt) + lesson.minutes * 60_000)
      if (endsAt > until) continue
      clock.set(endsAt)
      await (await tutor.clients()).lessons.complete(toReport(lesson, words, chance))
      await idle(platform)
    }
    onProgress(((day - begun) / (until.getTime() - begun)) * 100)
  }
  clock.set(until)
  await platform.runNightly()
}

async function readInboxes(services: Platform['services'], clock: Clock) {
  for (const role of roles) {
    const { inbox } = await openSession(services, clock).signIn((auth) => auth.login({ email: emailOf(role), password }))
    const [newest] = (await inbox.list({})).notices
    if (newest) await inbox.readAll({ upTo: newest.id })
  }
}

type HeldLesson = Awaited<ReturnType<Clients['lessons']['list']>>['lessons'][number]
function toReport(lesson: HeldLesson, words: typeof ru, chance: () => number) {
  const topics = words.topics[words.subjects.indexOf(lesson.subject)] ?? []
  const plan = plans.find(({ subject, minutes }) => words.subjects[subject] === lesson.subject && minutes === lesson.minutes) ?? plans[0]
  const attended = chance() < 0.94
  const good = (plan?.ability ?? 75) / 100
  const grade =
    attended && chance() < 0.6 ? { grade: { scale: 'five' as const, value: chance() < good ? 5 : chance() < good ? 4 : 3 } } : {}
  return {
    lessonId: lesson.id,
    topic: topics[Math.floor(chance() * topics.length)],
    ...(chance() < 0.3 && { note: words.notes[Math.floor(chance() * words.notes.length)] }),
    students: lesson.students.map(({ studentId }) => ({
      studentId,
      attendance: attended ? ('attended' as const) : ('excused' as const),
      ...grade,
    })),
  }
}

/** The same numbers in every demo, so that the school is always the same. */
function dice(): () => number {
  let state = 20_240_901
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
}

/** Waits until no event is on its way. An event may cause others, hence the rounds. */
async function idle({ services }: Platform) {
  for (let round = 0; round < 3; round++) for (const service of Object.values(services)) await service.waitUntilPublished()
}
