import { authApi } from '@repitbot/contracts/auth'
import { type Client, client } from '@repitbot/contracts/client'
import { inboxApi } from '@repitbot/contracts/inbox'
import { lessonApi } from '@repitbot/contracts/lesson'
import { peopleApi } from '@repitbot/contracts/people'
import { seriesApi } from '@repitbot/contracts/series'
import { demo as en } from '@repitbot/contracts/texts/en/demo'
import { demo as ru } from '@repitbot/contracts/texts/ru/demo'
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
/** Notices of so many days wait in the inboxes, which is a lesson or more for everybody; people have read what is older. */
const unreadDays = 7

/** Each student's weekly lessons: subject, weekdays, wall time, minutes, price; and how well he does, in percent of the best. */
const plans = [
  { subject: 0, weekdays: [1, 4], at: '16:00', minutes: 60, priceMinor: 150_000, ability: 90 },
  { subject: 2, weekdays: [1, 3], at: '17:15', minutes: 45, priceMinor: 120_000, ability: 70 },
  { subject: 1, weekdays: [2], at: '18:00', minutes: 60, priceMinor: 160_000, ability: 80 },
  { subject: 0, weekdays: [2, 5], at: '15:00', minutes: 60, priceMinor: 150_000, ability: 60 },
  { subject: 0, weekdays: [3], at: '18:30', minutes: 90, priceMinor: 220_000, ability: 75 },
  { subject: 2, weekdays: [6], at: '11:00', minutes: 60, priceMinor: 130_000, ability: 85 },
]
/** Which students are whose children. */
const families = [[0, 1], [2], [3]]

export const demoSignIns = (language: DemoLanguage): string[] => [
  ...roles.map((role) => `${emailOf(role).padEnd(20)} ${texts[language].signIns[role]}`),
  `password: ${password}`,
]

type Doors = {
  auth: Client<typeof authApi>
  people: Client<typeof peopleApi>
  lessons: Client<typeof lessonApi>
  series: Client<typeof seriesApi>
  inbox: Client<typeof inboxApi>
}

/** Makes the demo school through the services' own doors, for three months in seconds are more than the public one lets anybody ask; on a clock that is set from lesson to lesson: XP, levels and notices are earned on the way. */
export async function makeDemo(
  platform: Platform,
  clock: Clock,
  { link, language, told }: { link: string; language: DemoLanguage; told: (percent: number) => void },
) {
  const words = texts[language]
  const today = new Date()
  clock.set(new Date(Math.floor(today.getTime() / dayMs) * dayMs - weeksPast * 7 * dayMs))
  const { services } = platform
  const admin = visitor(services, clock)
  const token = link.slice(link.indexOf('#') + 1)
  await admin.enter((auth) =>
    auth.firstSchool({ token, school: words.school, name: words.admin, email: emailOf('admin'), password, zone, language }),
  )
  const { tutor, students } = await people(admin, services, clock, words)
  await allPublished(platform)
  await planned(tutor, students, words, clock)
  await held(platform, tutor, clock, { until: today, words, told })
  clock.set(today)
  await allPublished(platform)
}

/** A visitor signs in once and takes new tokens as the clock runs away from the old ones. */
function visitor({ user, lesson, notification }: Platform['services'], clock: Clock) {
  let tokens = { accessToken: '', refreshToken: '' }
  let takenAt = 0
  const anyone = client(authApi, { origin: user.url })
  const keep = (entered: typeof tokens) => {
    tokens = entered
    takenAt = clock.now().getTime()
  }
  const token = () => tokens.accessToken
  const doors: Doors = {
    auth: client(authApi, { origin: user.url, token }),
    people: client(peopleApi, { origin: user.url, token }),
    lessons: client(lessonApi, { origin: lesson.url, token }),
    series: client(seriesApi, { origin: lesson.url, token }),
    inbox: client(inboxApi, { origin: notification.url, token }),
  }
  return {
    async enter(by: (auth: Client<typeof authApi>) => Promise<typeof tokens>) {
      keep(await by(anyone))
      return doors
    },
    async doors(): Promise<Doors> {
      if (clock.now().getTime() - takenAt > 5 * 60_000) keep(await anyone.refresh({ refreshToken: tokens.refreshToken }))
      return doors
    },
  }
}
type Visitor = ReturnType<typeof visitor>

async function people(admin: Visitor, services: Platform['services'], clock: Clock, words: typeof ru) {
  const { people: add } = await admin.doors()
  const tutorCard = await add.create({ role: 'tutor', name: words.tutor })
  const students: string[] = []
  for (const [at, name] of words.students.entries()) {
    const student = await add.create({ role: 'student', name, birthYear: 2009 + (at % 4), tutorIds: [tutorCard.userId] })
    students.push(student.userId)
  }
  const parents: string[] = []
  for (const [at, children] of families.entries()) {
    const parent = await add.create({
      role: 'parent',
      name: words.parents[at] ?? '',
      studentIds: children.map((child) => students[child] ?? ''),
    })
    parents.push(parent.userId)
  }
  const accepted = async (role: 'tutor' | 'student' | 'parent', userId: string) => {
    const { token } = await add.invite({ role, userId })
    const who = visitor(services, clock)
    await who.enter((auth) => auth.acceptInvitation({ token, email: emailOf(role), password }))
    return who
  }
  const tutor = await accepted('tutor', tutorCard.userId)
  await accepted('student', students[0] ?? '')
  await accepted('parent', parents[0] ?? '')
  return { tutor, students }
}

async function planned(tutor: Visitor, students: string[], words: typeof ru, clock: Clock) {
  const { series } = await tutor.doors()
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

type Holding = { until: Date; words: typeof ru; told: (percent: number) => void }
/** Goes from day to day: each lesson is reported at its end, and what runs at night runs each night. */
async function held(platform: Platform, tutor: Visitor, clock: Clock, { until, words, told }: Holding) {
  const begun = clock.now().getTime()
  const chance = dice()
  for (let day = begun; day < until.getTime(); day += dayMs) {
    clock.set(new Date(day))
    await platform.runNightly()
    if (Math.floor((until.getTime() - day) / dayMs) === unreadDays) await inboxesRead(platform.services, clock)
    const { lessons } = await (await tutor.doors()).lessons.list({
      from: new Date(day).toISOString(),
      until: new Date(Math.min(day + dayMs, until.getTime())).toISOString(),
    })
    for (const lesson of lessons) {
      const endsAt = new Date(Date.parse(lesson.startsAt) + lesson.minutes * 60_000)
      if (endsAt > until) continue
      clock.set(endsAt)
      await (await tutor.doors()).lessons.complete(reported(lesson, words, chance))
      await allPublished(platform)
    }
    told(((day - begun) / (until.getTime() - begun)) * 100)
  }
  clock.set(until)
  await platform.runNightly()
}

async function inboxesRead(services: Platform['services'], clock: Clock) {
  for (const role of roles) {
    const { inbox } = await visitor(services, clock).enter((auth) => auth.login({ email: emailOf(role), password }))
    const [newest] = (await inbox.list({})).notices
    if (newest) await inbox.readAll({ upTo: newest.id })
  }
}

type HeldLesson = Awaited<ReturnType<Doors['lessons']['list']>>['lessons'][number]
function reported(lesson: HeldLesson, words: typeof ru, chance: () => number) {
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

/** The same throws in every demo, so that everybody meets the same school. */
function dice(): () => number {
  let state = 20_240_901
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
}

async function allPublished({ services }: Platform) {
  for (let round = 0; round < 3; round++) for (const service of Object.values(services)) await service.waitUntilPublished()
}
