import type { NewEvent } from '@repitbot/contracts/events'
import type { Change } from './achievements.ts'
import { award } from './award.ts'
import { type Standing, standingOf } from './calendar.ts'
import { withReports } from './facts.ts'
import { gain } from './gain.ts'
import { recount, withMarks } from './recount.ts'
import type { ConsumedReport, Fact, Known, LedgerRow, Settled, Student, Terrain } from './student.ts'
import { tellStreak } from './tell-streak.ts'
import { nextDayStart } from './zones.ts'

/**
 * Everything that follows from what is known of a student and from what was heard: XP of the days it touches, streak, achievements, level.
 * Without any report too: after a card, a pause, or the close of a day. Needs all facts of the days touched, and those without a day.
 */
export function settle(known: Known, reports: readonly ConsumedReport[], terrain: Terrain): Settled {
  const before = new Map(known.facts.map((fact) => [fact.lessonId, fact]))
  const heard = withReports(known.student, known.facts, { reports, terrain })
  const news = [...heard.values()].filter((fact) => fact !== before.get(fact.lessonId))
  // Until the card says that this is a student, facts are only kept.
  if (known.student.role !== 'student')
    return { ...unchanged(known.student.closeAt === null ? known.student : { ...known.student, closeAt: null }), facts: news }

  const touched = new Set([...news, ...news.flatMap(({ lessonId }) => before.get(lessonId) ?? [])].flatMap(({ day }) => day ?? []))
  const counted = recount(heard, touched, new Set(news.map(({ lessonId }) => lessonId)))
  const gained = gainAll(withCounts(known.student, news, before), counted.rows, terrain)
  const standing = standingOf(gained.student, { days: withMarks(known.days, counted.marks), pauses: known.pauses }, terrain)
  const { today, streak, days } = standing
  const changes = new Set<Change>([
    news.length > 0 ? 'lesson' : 'day',
    ...(gained.student.level > known.student.level ? (['level'] as const) : []),
  ])
  const awarded = award(
    gained.student,
    { days, today, bestDays: streak.best, earned: known.earned, changes, ...causeOf(news, terrain) },
    terrain,
  )
  const told = tellStreak(awarded.student, standing)

  const student = {
    ...told.student,
    closeAt: news.length > 0 || isRecent(standing) ? nextDayStart(terrain.now, { ...terrain, zones: told.student.zones }) : null,
  }
  const events = [...gained.events, ...awarded.events, ...levelUp(known.student, student), ...told.events]
  return {
    student,
    facts: [...counted.facts.values()].filter((fact) => fact !== before.get(fact.lessonId)),
    rows: [...counted.rows, ...awarded.rows],
    days: told.days.filter((day) => !known.days.includes(day)),
    earned: awarded.earned,
    events: addressed(events, student, reports),
  }
}

function gainAll(student: Student, rows: readonly LedgerRow[], terrain: Terrain): { student: Student; events: NewEvent[] } {
  const events: NewEvent[] = []
  let gaining = student
  for (const row of rows) {
    const gained = gain(gaining, row, terrain)
    gaining = gained.student
    events.push(...gained.events)
  }
  return { student: gaining, events }
}

/** The student's counts moved by what changed in each fact, so that no history has to be read for them. */
function withCounts(student: Student, news: readonly Fact[], before: ReadonlyMap<string, Fact>): Student {
  const counts = { lessons: student.lessons, minutes: student.minutes, subjects: { ...student.subjects } }
  const count = (fact: Fact | undefined, sign: 1 | -1) => {
    if (!fact?.held || fact.attendance !== 'attended' || fact.day === null) return
    counts.lessons += sign
    counts.minutes += sign * fact.minutes
    const ofSubject = (counts.subjects[fact.subject] ?? 0) + sign
    if (ofSubject > 0) counts.subjects[fact.subject] = ofSubject
    else delete counts.subjects[fact.subject]
  }
  for (const fact of news) {
    count(before.get(fact.lessonId), -1)
    count(fact, 1)
  }
  return { ...student, ...counts }
}

/** A reward stands beside the latest lesson that brought it; one that time brought stands at now. */
function causeOf(news: readonly Fact[], { now }: Terrain): { at: number; eventId: string | null } {
  const latest = news.reduce<Fact | undefined>((last, fact) => (last && last.heldAt >= fact.heldAt ? last : fact), undefined)
  return latest ? { at: latest.heldAt, eventId: latest.eventId } : { at: now, eventId: null }
}

/** One leap, one message, however many levels it crosses. */
const levelUp = ({ id: studentId, level: from }: Student, { level: to }: Student): NewEvent[] =>
  to > from ? [{ name: 'student.level_up', body: { studentId, from, to } }] : []

const daysUntilForgotten = 40
/** Each day is closed for whoever studied lately; after a long rest nothing more happens by itself until the next report. */
function isRecent({ days, today }: Standing): boolean {
  const last = days.findLast(({ kind }) => kind === 'active')
  return last !== undefined && today - last.day <= daysUntilForgotten
}

/** A settlement that leaves nothing but this student's row. */
export const unchanged = (student: Student): Settled => ({ student, facts: [], rows: [], days: [], earned: [], events: [] })

/** With the game off only XP is said, marked silent: it is counted, and nobody is told. */
function addressed(events: readonly NewEvent[], { schoolId, gameOn }: Student, reports: readonly ConsumedReport[]): NewEvent[] {
  const correlationId = reports.at(-1)?.correlationId
  const spoken = gameOn ? events : events.filter(({ name }) => name === 'xp.earned')
  return spoken.map((said) => ({ ...said, schoolId, ...(correlationId ? { correlationId } : {}) }))
}
