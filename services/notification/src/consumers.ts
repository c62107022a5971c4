import type { Consumers, EventName } from '@repitbot/contracts/events'
import type { Deps } from './deps.ts'
import { consumeEvents } from './flows/consume-events.ts'
import { consumeCancelled, consumeLessons, consumeReports } from './flows/consume-lessons.ts'
import { keepContacts, keepXp, reviveChannels } from './flows/keep-facts.ts'
import { closeChannels } from './flows/notify-of-blocked-channels.ts'
import { notifyOfCleared } from './flows/notify-of-cleared.ts'
import { notifyOfJoins } from './flows/notify-of-joins.ts'
import { notifyOfSecurity } from './flows/notify-of-security.ts'
import { notifyOfStreakRisk } from './flows/notify-of-streak-risk.ts'
import { keepLetters } from './flows/send-letter.ts'
import { passwordChanged, roleChanged, signedIn, telegramLinked } from './rules/notices/security.ts'
import type { notices } from './rules/notices.ts'

type After<Row> = Row extends { after?: infer Consumed } ? keyof Consumed & keyof Consumers : never
/** The events that notices come after: one that is not consumed here does not compile. */
type Needed = { [C in keyof typeof notices]: After<(typeof notices)[C]> }[keyof typeof notices]

/** The order within a batch: people, then lessons ahead, then reports. A reopened lesson comes before reports, so that it ends only earlier ones. */
export const order: readonly EventName[] = [
  'user.created',
  'user.updated',
  'lesson.planned',
  'lesson.moved',
  'lesson.cancelled',
  'lesson.restored',
  'lesson.reopened',
  'lesson.completed',
  'lesson.corrected',
]

export const consumers = (deps: Deps): Consumers & Required<Pick<Consumers, Needed>> => ({
  'user.created': (batch) => keepContacts(deps, batch),
  'user.updated': (batch) => keepContacts(deps, batch),
  'school.updated': (batch) => deps.store.keepSchools(batch),
  'session.opened': (batch) => notifyOfSecurity(deps, batch, signedIn),
  'telegram.linked': (batch) => notifyOfSecurity(deps, batch, telegramLinked),
  'password.changed': (batch) => notifyOfSecurity(deps, batch, passwordChanged),
  'role.changed': (batch) => notifyOfSecurity(deps, batch, roleChanged),
  'invitation.accepted': (batch) => notifyOfJoins(deps, batch),
  'parent.linked': (batch) => consumeEvents(deps, 'parent.linked', batch),
  'letter.written': (batch) => keepLetters(deps, batch),
  'channel.blocked': (batch) => closeChannels(deps, batch),
  'channel.revived': (batch) => reviveChannels(deps, batch),
  'lesson.planned': (batch) => consumeLessons(deps, 'lesson.planned', batch),
  'lesson.moved': (batch) => consumeLessons(deps, 'lesson.moved', batch),
  'lesson.cancelled': (batch) => consumeCancelled(deps, batch),
  'lessons.cleared': (batch) => notifyOfCleared(deps, batch),
  'lesson.restored': (batch) => consumeLessons(deps, 'lesson.restored', batch),
  'lesson.reopened': (batch) => consumeReports(deps, 'lesson.reopened', batch),
  'lesson.completed': (batch) => consumeReports(deps, 'lesson.completed', batch),
  'lesson.corrected': (batch) => consumeReports(deps, 'lesson.corrected', batch),
  'xp.earned': (batch) => keepXp(deps, batch),
  'student.level_up': (batch) => consumeEvents(deps, 'student.level_up', batch),
  'achievement.earned': (batch) => consumeEvents(deps, 'achievement.earned', batch),
  'streak.reached': (batch) => consumeEvents(deps, 'streak.reached', batch),
  'streak.endangered': (batch) => notifyOfStreakRisk(deps, batch),
  'streak.frozen': (batch) => consumeEvents(deps, 'streak.frozen', batch),
})
