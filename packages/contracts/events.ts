import { z } from 'zod'
import { Attendance, Grade, LessonType } from './lesson.ts'
import { Channel, PersonCard, ReachAs } from './people.ts'
import type { ServiceName } from './services.ts'

/** `by` publishes it; `external` rows are for a school's own systems and may have no consumer among the services. */
type EventRow = { by: ServiceName; body: z.ZodObject; external?: true }

const reach = z.object({ holderId: z.uuid(), overId: z.uuid(), as: ReachAs, version: z.int() })
const channel = z.object({ userId: z.uuid(), channel: Channel, at: z.iso.datetime() })
const seat = z.object({ studentId: z.uuid(), priceMinor: z.int(), currency: z.string() })
const lesson = z.object({
  lessonId: z.uuid(),
  tutorId: z.uuid(),
  type: LessonType,
  subject: z.string(),
  topic: z.string().optional(),
  startsAt: z.iso.datetime(),
  minutes: z.int(),
  /** The IANA zone the lesson was planned in. */
  zone: z.string(),
  /** The lesson's own version: consumers keep the highest. */
  version: z.int(),
})
const planned = lesson.extend({ seriesId: z.uuid().optional(), videoUrl: z.string().optional(), students: z.array(seat) })
const held = lesson.extend({
  /** When the lesson took place; decides the XP day, the streak and the boost, whenever it was reported. */
  heldAt: z.iso.datetime(),
  note: z.string().optional(),
  students: z.array(seat.extend({ attendance: Attendance, minutes: z.int(), grade: Grade.optional() })),
})

/** Every event between services; the key is the routing key. Published strictly, consumed tolerantly: fields are only ever added, and optional; an enum may grow. */
export const events = {
  'user.created': { by: 'user', body: PersonCard },
  'user.updated': { by: 'user', body: PersonCard },
  'reach.granted': { by: 'user', body: reach },
  'reach.revoked': { by: 'user', body: reach },
  /** Somebody signed in where he never did before; told to the membership that he entered. */
  'session.opened': { by: 'user', body: z.object({ userId: z.uuid(), sessionId: z.uuid(), agent: z.string(), address: z.string() }) },
  'telegram.linked': { by: 'user', body: z.object({ userId: z.uuid(), requestId: z.uuid() }) },
  /** A letter to an address that need not be anybody's: recipient, text and one-time link are sealed, and only who sends it can open it. */
  'letter.written': { by: 'user', body: z.object({ letterId: z.uuid(), sealed: z.string(), expiresAt: z.iso.datetime() }) },
  /** Once for each membership of the person, in its school: he closed the bot's chat, or opened it again. */
  'channel.blocked': { by: 'bot', body: channel },
  'channel.revived': { by: 'bot', body: channel },
  'lesson.planned': { by: 'lesson', body: planned },
  'lesson.moved': { by: 'lesson', body: planned.extend({ movedFrom: z.iso.datetime(), movedBy: z.uuid().optional() }) },
  'lesson.cancelled': {
    by: 'lesson',
    body: planned.extend({
      cancelledBy: z.uuid(),
      reason: z.string().optional(),
      chargePercent: z.int().min(0).max(100),
      makeUpCredit: z.boolean(),
      waived: z.boolean().optional(),
    }),
  },
  'lesson.completed': { by: 'lesson', body: held },
  'lesson.corrected': { by: 'lesson', body: held },
  'lesson.reopened': { by: 'lesson', body: lesson.extend({ heldAt: z.iso.datetime(), students: z.array(seat) }) },
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
      heldAt: z.iso.datetime(),
      /** The student's game is switched off: counted, and nobody is told. */
      silent: z.boolean().optional(),
    }),
  },
  'student.level_up': { by: 'student', body: z.object({ studentId: z.uuid(), from: z.int(), to: z.int() }) },
  'achievement.earned': {
    by: 'student',
    body: z.object({ studentId: z.uuid(), code: z.string(), rarity: z.enum(['common', 'rare', 'epic', 'legendary']), rewardXp: z.int() }),
  },
  /** A milestone of days in a row: 3, 7, 14, 30, 60, 100, 200 or 365; once each. */
  'streak.reached': { by: 'student', body: z.object({ studentId: z.uuid(), days: z.int() }) },
  /** A missed day was bridged by a freeze; said once for that day. `days` is the streak it kept. */
  'streak.frozen': { by: 'student', body: z.object({ studentId: z.uuid(), day: z.iso.date(), days: z.int(), freezesLeft: z.int() }) },
  /**
   * Today would break a streak of `days`: nothing is done yet, and no freeze is left. Said once of a day, between 17:00 and 20:00 of the
   * student's own; after `until` nobody is told any more.
   */
  'streak.endangered': {
    by: 'student',
    body: z.object({ studentId: z.uuid(), day: z.iso.date(), days: z.int(), until: z.iso.datetime() }),
  },
} as const satisfies Record<string, EventRow>

export type EventName = keyof typeof events
type Body<N extends EventName> = (typeof events)[N]['body']
/** One thing said. The school and the correlation id are those of the transaction unless named. */
export type NewEvent = {
  [N in EventName]: { name: N; body: z.input<Body<N>>; schoolId?: string; correlationId?: string }
}[EventName]
/** Where the body says an enum, a newer process may have said a value that this one does not know: it is kept as text, so look it up with care. */
export type ConsumedEvent<N extends EventName> = {
  id: string
  schoolId: string
  correlationId: string
  occurredAt: string
  body: z.output<Body<N>>
}
/**
 * One function per event that a service hears; queue bindings are made from the keys.
 * It is given a micro-batch, in order of arrival, possibly of several schools, and runs inside one transaction with the inbox:
 * every `transaction` it opens joins that one. A throw rolls the batch back and each event is then tried alone.
 */
export type Consumers = { [N in EventName]?: (batch: ConsumedEvent<N>[]) => Promise<void> }
