import type { Consumers, EventName } from '@repitbot/contracts/events'
import type { Deps } from './deps.ts'
import { consumeEvents } from './flows/consume-events.ts'
import { consumeCancelled, consumeLessons, consumeReports } from './flows/consume-lessons.ts'
import { closeChannels, keepContacts, keepXp, reviveChannels } from './flows/keep-facts.ts'
import { keepLetters } from './flows/send-letter.ts'
import { tellRisks } from './flows/tell-risks.ts'
import { tellSecurity } from './flows/tell-security.ts'
import type { notices } from './rules/notices.ts'

type After<Row> = Row extends { after?: infer Consumed } ? keyof Consumed & keyof Consumers : never
/** The events that notices come after: one that is not heard here does not compile. */
type Needed = { [C in keyof typeof notices]: After<(typeof notices)[C]> }[keyof typeof notices]

/** The order within a batch: people first, then what lies ahead, then what was held. A report taken back ends the notices of earlier ones only. */
export const order: readonly EventName[] = [
  'user.created',
  'user.updated',
  'lesson.planned',
  'lesson.moved',
  'lesson.cancelled',
  'lesson.reopened',
  'lesson.completed',
  'lesson.corrected',
]

export const consumers = (deps: Deps): Consumers & Required<Pick<Consumers, Needed>> => ({
  'user.created': (batch) => keepContacts(deps, batch),
  'user.updated': (batch) => keepContacts(deps, batch),
  'session.opened': (batch) => tellSecurity(deps, batch, 'signed_in'),
  'telegram.linked': (batch) => tellSecurity(deps, batch, 'telegram_linked'),
  'letter.written': (batch) => keepLetters(deps, batch),
  'channel.blocked': (batch) => closeChannels(deps, batch),
  'channel.revived': (batch) => reviveChannels(deps, batch).then(() => {}),
  'lesson.planned': (batch) => consumeLessons(deps, 'lesson.planned', batch),
  'lesson.moved': (batch) => consumeLessons(deps, 'lesson.moved', batch),
  'lesson.cancelled': (batch) => consumeCancelled(deps, batch),
  'lesson.reopened': (batch) => consumeReports(deps, 'lesson.reopened', batch),
  'lesson.completed': (batch) => consumeReports(deps, 'lesson.completed', batch),
  'lesson.corrected': (batch) => consumeReports(deps, 'lesson.corrected', batch),
  'xp.earned': (batch) => keepXp(deps, batch),
  'student.level_up': (batch) => consumeEvents(deps, 'student.level_up', batch),
  'achievement.earned': (batch) => consumeEvents(deps, 'achievement.earned', batch),
  'streak.reached': (batch) => consumeEvents(deps, 'streak.reached', batch),
  'streak.endangered': (batch) => tellRisks(deps, batch),
  'streak.frozen': (batch) => consumeEvents(deps, 'streak.frozen', batch),
})
