import { z } from 'zod'
import { Attendance, Grade } from './lesson.ts'
import { LessonType } from './lesson-fields.ts'
import { Channel, Language, PersonCard, ReachAs, Role } from './person-card.ts'
import type { ServiceName } from './services.ts'

/** For consumers these texts are types of their own, so that none is shown as another or as it is stored. Publishers give plain texts. */
export const InstantText = z.iso.datetime().brand<'instant'>()
export type InstantText = z.output<typeof InstantText>
export const DayText = z.iso.date().brand<'day'>()
export type DayText = z.output<typeof DayText>
export const ZoneText = z.string().brand<'zone'>()
export type ZoneText = z.output<typeof ZoneText>

/** `by` is the service that publishes it. `external`: meant for other systems of a school too, so it may have no consumer among the services. */
type EventRow = { by: ServiceName; body: z.ZodObject; external?: true }

const reach = z.object({ holderId: z.uuid(), overId: z.uuid(), as: ReachAs, version: z.int() })
const channel = z.object({ userId: z.uuid(), channel: Channel, at: InstantText })
const seat = z.object({ studentId: z.uuid(), priceMinor: z.int(), currency: z.string() })
const lesson = z.object({
  lessonId: z.uuid(),
  tutorId: z.uuid(),
  type: LessonType,
  subject: z.string(),
  topic: z.string().optional(),
  startsAt: InstantText,
  minutes: z.int(),
  /** The IANA zone the lesson was planned in. */
  zone: ZoneText,
  /** The version of the lesson: consumers keep the highest. */
  version: z.int(),
})
const planned = lesson.extend({
  seriesId: z.uuid().optional(),
  videoUrl: z.string().optional(),
  students: z.array(seat),
  /** What stood before, where a lesson that was already planned has changed; `by` is who changed it. */
  was: z.object({ by: z.uuid(), subject: z.string(), minutes: z.int(), students: z.array(seat) }).optional(),
  /** The correlation id of the change of a whole series that this takes back. */
  undoes: z.string().optional(),
})
const held = lesson.extend({
  /** When the lesson took place. It decides the XP day, the streak and the boost, whenever the lesson was reported. */
  heldAt: InstantText,
  note: z.string().optional(),
  students: z.array(seat.extend({ attendance: Attendance, minutes: z.int(), grade: Grade.optional() })),
})

/**
 * Every event between services; the key is the routing key. Bodies are checked strictly when published and tolerantly when consumed, so a
 * body may only get new optional fields and new enum values.
 */
export const events = {
  'user.created': { by: 'user', body: PersonCard },
  'user.updated': { by: 'user', body: PersonCard },
  /** A school was made or changed; consumers keep the highest version. */
  'school.updated': { by: 'user', body: z.object({ name: z.string(), language: Language, zone: ZoneText, version: z.int() }) },
  'reach.granted': { by: 'user', body: reach },
  'reach.revoked': { by: 'user', body: reach },
  /** A person signed in by a browser or from a network that they had not used together before; `userId` is the membership that they signed in to. */
  'session.opened': { by: 'user', body: z.object({ userId: z.uuid(), sessionId: z.uuid(), agent: z.string(), address: z.string() }) },
  /** Somebody accepted an invitation. `studentIds`: for a parent or tutor the students linked to them by then. */
  'invitation.accepted': {
    by: 'user',
    body: z.object({
      invitationId: z.uuid(),
      userId: z.uuid(),
      name: z.string(),
      role: Role,
      invitedBy: z.uuid(),
      studentIds: z.array(z.uuid()),
    }),
  },
  /** Somebody who signs in already was linked to a student, as a parent or payer. `version` is that of the link. */
  'parent.linked': {
    by: 'user',
    body: z.object({ userId: z.uuid(), name: z.string(), studentId: z.uuid(), linkedBy: z.uuid(), version: z.int() }),
  },
  'telegram.linked': { by: 'user', body: z.object({ userId: z.uuid(), requestId: z.uuid() }) },
  /** A person's password was changed, by the password before it or by the link of a letter. `userId` is one of their memberships. */
  'password.changed': { by: 'user', body: z.object({ userId: z.uuid(), changeId: z.uuid() }) },
  /** A membership was given another role by somebody; `version` is that of its card. */
  'role.changed': { by: 'user', body: z.object({ userId: z.uuid(), role: Role, version: z.int() }) },
  /** An e-mail to an address that may belong to no account. Recipient, text and one-time link are encrypted; only the sending service can decrypt them. */
  'letter.written': { by: 'user', body: z.object({ letterId: z.uuid(), sealed: z.string(), expiresAt: InstantText }) },
  /** A person blocked the bot, or unblocked it; published for each membership of that person, in its school. */
  'channel.blocked': { by: 'bot', body: channel },
  'channel.revived': { by: 'bot', body: channel },
  'lesson.planned': { by: 'lesson', body: planned },
  'lesson.moved': {
    by: 'lesson',
    body: planned.extend({
      movedFrom: InstantText,
      movedBy: z.uuid().optional(),
      /** It stands again at the start that it was first planned for. */
      back: z.boolean().optional(),
    }),
  },
  'lesson.cancelled': {
    by: 'lesson',
    body: planned.extend({
      cancelledBy: z.uuid(),
      reason: z.string().optional(),
      chargePercent: z.int().min(0).max(100),
      makeUpCredit: z.boolean(),
      waived: z.boolean().optional(),
      /** Nobody called it off: `cancelledBy` may be in no lesson any more, and `lessons.cleared` says so of all their lessons. */
      cleared: z.boolean().optional(),
    }),
  },
  /**
   * Somebody whose membership was closed, or who has another role now, was taken out of the lessons ahead, once for each of their tutors;
   * `version` is that of the card. `left`: lessons of a group that take place without them.
   */
  'lessons.cleared': {
    by: 'lesson',
    body: z.object({
      personId: z.uuid(),
      name: z.string(),
      tutorId: z.uuid(),
      cancelled: z.int(),
      left: z.int(),
      version: z.int(),
    }),
  },
  /** A cancelled lesson takes place after all; any charge of its cancellation falls away. */
  'lesson.restored': { by: 'lesson', body: planned.extend({ restoredBy: z.uuid() }) },
  'lesson.completed': { by: 'lesson', body: held },
  'lesson.corrected': { by: 'lesson', body: held },
  'lesson.reopened': { by: 'lesson', body: lesson.extend({ heldAt: InstantText, students: z.array(seat) }) },
  'xp.earned': {
    by: 'student',
    external: true,
    body: z.object({
      studentId: z.uuid(),
      delta: z.int(),
      totalXp: z.int(),
      level: z.int(),
      source: z.enum(['lesson', 'homework', 'material', 'payment', 'achievement']),
      sourceId: z.string(),
      heldAt: InstantText,
      /** The game is off for this student: the XP counts, and nobody is notified. */
      silent: z.boolean().optional(),
    }),
  },
  'student.level_up': { by: 'student', body: z.object({ studentId: z.uuid(), from: z.int(), to: z.int() }) },
  'achievement.earned': {
    by: 'student',
    body: z.object({ studentId: z.uuid(), code: z.string(), rarity: z.enum(['common', 'rare', 'epic', 'legendary']), rewardXp: z.int() }),
  },
  /** A milestone of days in a row: 3, 7, 14, 30, 60, 100, 200 or 365; each once. */
  'streak.reached': { by: 'student', body: z.object({ studentId: z.uuid(), days: z.int() }) },
  /** A freeze saved the streak on a missed day; published once for that day. `days` is the length of the streak. */
  'streak.frozen': { by: 'student', body: z.object({ studentId: z.uuid(), day: DayText, days: z.int(), freezesLeft: z.int() }) },
  /**
   * Today will break a streak of `days`: there was no activity yet, and no freeze is left. Published once a day, between 17:00 and 20:00 in
   * the student's zone; after `until` nobody is notified any more.
   */
  'streak.endangered': {
    by: 'student',
    body: z.object({ studentId: z.uuid(), day: DayText, days: z.int(), until: InstantText }),
  },
} as const satisfies Record<string, EventRow>

export type EventName = keyof typeof events
type Body<N extends EventName> = (typeof events)[N]['body']
/** An event to publish. The school and the correlation id are those of the transaction unless given. */
export type NewEvent = {
  [N in EventName]: { name: N; body: z.input<Body<N>>; schoolId?: string; correlationId?: string }
}[EventName]
/** An event as a consumer gets it. A newer process may have published an enum value that this process does not know; it is kept as text, so check it before use. */
export type ConsumedEvent<N extends EventName> = {
  id: string
  schoolId: string
  correlationId: string
  occurredAt: string
  body: z.output<Body<N>>
}
/**
 * One function for each event that a service consumes; the queue is bound to the keys. The function gets a micro-batch in order of arrival,
 * possibly of several schools, and runs inside the transaction of the inbox: every `transaction` that it opens joins that one. When it throws,
 * the batch is rolled back and tried in halves, until the failing event is alone.
 */
export type Consumers = { [N in EventName]?: (batch: ConsumedEvent<N>[]) => Promise<void> }
