import { randomUUIDv7 } from 'node:crypto'
import type { Role } from '@repitbot/contracts/endpoint'
import { changeRole, setPolicy } from '@repitbot/kit/testing/seen'
import { botSecret } from '@repitbot/kit/testing/world'
import { clientsAt } from '../clients.ts'
import type { Member, Platform } from '../platform.ts'
import { lessonFixtures } from './lesson-fixtures.ts'

export type Fixtures = Awaited<ReturnType<typeof openFixtures>>

/** Makes records for the samples: each is new, belongs to the given person, and has a time of its own. */
export async function openFixtures(platform: Platform) {
  const { people, as, world } = platform
  const missing = randomUUIDv7()
  const lessons = lessonFixtures(platform)
  const { adminOf, studentOf, held, charged } = lessons
  /** A new person in the owner's school who has not signed in; a parent has a student of the tutor's. */
  const added = async (owner: Member, role: 'student' | 'parent' = 'student') => {
    const studentIds = role === 'parent' ? [people.student.userId] : undefined
    return (await as(adminOf(owner)).people.create({ role, name: 'Somebody', studentIds })).userId
  }
  const notice = async (owner: Member) => (await as(owner).inbox.list({ limit: 1 })).notices[0]?.id ?? missing
  const invitation = async (inviter: Member) =>
    (await as(inviter).people.invite({ role: 'parent', studentIds: [studentOf(inviter).userId] })).id
  /** The token of a student's invitation that nobody has accepted; it needs no password. */
  const childToken = async () => (await as('admin').people.invite({ role: 'student' })).token
  let telegramIds = 100_000
  const telegramId = () => String(telegramIds++)
  const bot = clientsAt((service) => platform.origin(service, 'service'), undefined, { 'x-service-secret': botSecret })
  /** The Telegram id of a new person who signed up by Telegram. */
  const inTelegram = async () => {
    const child = { telegramId: telegramId(), token: await childToken(), name: 'Child' }
    await bot.auth.telegramAccept(child)
    return child.telegramId
  }
  /** A sign-in by Telegram: the token for the chat, and the secret and the number for the page. */
  const telegramLogin = async () => {
    const { link, secret, number } = await as().auth.telegramLogin({})
    return { token: link.split('=login_')[1] ?? '', secret, number }
  }
  const broadcast = async (by: Member) => (await as(by).broadcasts.send({ roles: ['parent'], text: 'Hello' })).id
  /** Like the person of this name, with a session of their own. */
  const newcomer = async (who: Role | 'owner') => {
    const made = await platform.newcomer(who === 'owner' ? 'admin' : who, 'A', [people.student.userId])
    if (who === 'owner') await changeRole(as('admin'), { userId: made.userId, role: 'admin', teaches: true })
    return made
  }

  for (const one of [people.admin, people.stranger]) await setPolicy(as(one), { noticeHours: 336, lateChargePercent: 50 })
  await held(people.student, [people.sibling])
  await held(people.student, [people.otherStudent])
  for (const student of [people.student, people.sibling, people.otherStudent, people.studentB]) await held(student)
  // A late cancellation gives the tutor a notice too.
  await charged(people.tutor)
  await world.idle()
  return {
    ...lessons,
    platform,
    people,
    as,
    signIn: platform.signIn,
    missing,
    broadcast,
    bot,
    telegramId,
    inTelegram,
    telegramLogin,
    added,
    invitation,
    childToken,
    newcomer,
    notice,
  }
}
