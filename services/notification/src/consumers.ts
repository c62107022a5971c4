import type { Consumers } from '@repitbot/contracts/events'
import { hearEvents } from './flows/hear-events.ts'
import { hearCancelled, hearLessons, hearReports } from './flows/hear-lessons.ts'
import { closeChannels, keepCards, keepXp, reviveChannels } from './flows/keep-facts.ts'
import { keepLetters } from './flows/send-letter.ts'
import { tellSecurity } from './flows/tell-security.ts'
import type { Inside } from './inside.ts'
import type { notices } from './rules/notices.ts'

type After<Row> = Row extends { after: infer Told } ? keyof Told & keyof Consumers : never
/** The events that notices come after: one that is not heard here does not compile. */
type Needed = { [C in keyof typeof notices]: After<(typeof notices)[C]> }[keyof typeof notices]

/** In the order in which a batch is handled: people first, then what lies ahead, then what was held. */
export const consumers = (inside: Inside): Consumers & Required<Pick<Consumers, Needed>> => ({
  'user.created': (batch) => keepCards(inside, batch),
  'user.updated': (batch) => keepCards(inside, batch),
  'session.opened': (batch) => tellSecurity(inside, batch, 'signed_in'),
  'telegram.linked': (batch) => tellSecurity(inside, batch, 'telegram_linked'),
  'letter.written': (batch) => keepLetters(inside, batch),
  'channel.blocked': (batch) => closeChannels(inside, batch),
  'channel.revived': (batch) => reviveChannels(inside, batch).then(() => {}),
  'lesson.planned': (batch) => hearLessons(inside, 'lesson.planned', batch),
  'lesson.moved': (batch) => hearLessons(inside, 'lesson.moved', batch),
  'lesson.cancelled': (batch) => hearCancelled(inside, batch),
  'lesson.reopened': (batch) => hearReports(inside, 'lesson.reopened', batch),
  'lesson.completed': (batch) => hearReports(inside, 'lesson.completed', batch),
  'lesson.corrected': (batch) => hearReports(inside, 'lesson.corrected', batch),
  'xp.earned': (batch) => keepXp(inside, batch),
  'student.level_up': (batch) => hearEvents(inside, 'student.level_up', batch),
  'achievement.earned': (batch) => hearEvents(inside, 'achievement.earned', batch),
  'streak.reached': (batch) => hearEvents(inside, 'streak.reached', batch),
  'streak.frozen': (batch) => hearEvents(inside, 'streak.frozen', batch),
})
