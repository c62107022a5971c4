import type { NewEvent } from '@repitbot/contracts/events'
import type { Change } from './achievements.ts'
import { addXp } from './add-xp.ts'
import { award } from './award.ts'
import { withReports } from './facts.ts'
import { notifyStreak } from './notify-streak.ts'
import { recount, withDigests } from './recount.ts'
import { type StreakState, streakStateOf } from './streak-state.ts'
import type { Fact, LedgerRow, Student, StudentReport, StudentState, XpContext, XpResult } from './student.ts'
import { nextDayStart } from './zones.ts'

/**
 * Everything that follows from a student's state and new reports: the XP of the days they touch, streak, achievements, level.
 * Also runs without reports: after a card, a pause, or the close of a day. Needs all facts of the touched days, and those without a day.
 */
export function computeXp(state: StudentState, reports: readonly StudentReport[], context: XpContext): XpResult {
  const before = new Map(state.facts.map((fact) => [fact.lessonId, fact]))
  const facts = withReports(state.student, state.facts, { reports, context })
  const newFacts = [...facts.values()].filter((fact) => fact !== before.get(fact.lessonId))
  // Until a card says that this is a student, facts are stored and earn nothing.
  if (state.student.role !== 'student')
    return { ...onlyStudent(state.student.closeAt === null ? state.student : { ...state.student, closeAt: null }), facts: newFacts }

  const touched = new Set([...newFacts, ...newFacts.flatMap(({ lessonId }) => before.get(lessonId) ?? [])].flatMap(({ day }) => day ?? []))
  const recounted = recount(facts, touched, new Set(newFacts.map(({ lessonId }) => lessonId)))
  const gained = addAllXp(withCounts(state.student, newFacts, before), recounted.rows, context)
  const streakState = streakStateOf(gained.student, { days: withDigests(state.days, recounted.digests), pauses: state.pauses }, context)
  const { today, streak, days } = streakState
  const changes = new Set<Change>([
    newFacts.length > 0 ? 'lesson' : 'day',
    ...(gained.student.level > state.student.level ? (['level'] as const) : []),
  ])
  const awarded = award(
    gained.student,
    { days, today, bestDays: streak.best, earned: state.earned, changes, ...causeOf(newFacts, context) },
    context,
  )
  const notified = notifyStreak(awarded.student, streakState)

  const comesBack = newFacts.length > 0 || isRecent(streakState)
  const closeAt = comesBack ? nextDayStart(context.now, { ...context, zones: notified.student.zones }) : null
  const student = { ...notified.student, closeAt }
  const events = [...gained.events, ...awarded.events, ...levelUpEvents(state.student, student), ...notified.events]
  return {
    student,
    facts: [...recounted.facts.values()].filter((fact) => fact !== before.get(fact.lessonId)),
    rows: [...recounted.rows, ...awarded.rows],
    days: notified.days.filter((day) => !state.days.includes(day)),
    earned: awarded.earned,
    events: withAddress(events, student, reports),
  }
}

function addAllXp(student: Student, rows: readonly LedgerRow[], context: XpContext): { student: Student; events: NewEvent[] } {
  const events: NewEvent[] = []
  let next = student
  for (const row of rows) {
    const added = addXp(next, row, context)
    next = added.student
    events.push(...added.events)
  }
  return { student: next, events }
}

/** The student's counts moved by what changed in each fact, so that no history has to be read for them. */
function withCounts(student: Student, newFacts: readonly Fact[], before: ReadonlyMap<string, Fact>): Student {
  const counts = { lessons: student.lessons, minutes: student.minutes, subjects: { ...student.subjects } }
  const count = (fact: Fact | undefined, sign: 1 | -1) => {
    if (!fact?.held || fact.attendance !== 'attended' || fact.day === null) return
    counts.lessons += sign
    counts.minutes += sign * fact.minutes
    const ofSubject = (counts.subjects[fact.subject] ?? 0) + sign
    if (ofSubject > 0) counts.subjects[fact.subject] = ofSubject
    else delete counts.subjects[fact.subject]
  }
  for (const fact of newFacts) {
    count(before.get(fact.lessonId), -1)
    count(fact, 1)
  }
  return { ...student, ...counts }
}

/** A reward has the time and event of the latest lesson that brought it; a reward that time alone brought has the time now. */
function causeOf(newFacts: readonly Fact[], { now }: XpContext): { at: number; eventId: string | null } {
  const latest = newFacts.reduce<Fact | undefined>((last, fact) => (last && last.heldAt >= fact.heldAt ? last : fact), undefined)
  return latest ? { at: latest.heldAt, eventId: latest.eventId } : { at: now, eventId: null }
}

/** One event, however many levels were gained at once. */
const levelUpEvents = ({ id: studentId, level: from }: Student, { level: to }: Student): NewEvent[] =>
  to > from ? [{ name: 'student.level_up', body: { studentId, from, to } }] : []

const daysAfterLastActive = 40
/** The day is closed for students who studied in the last 40 days; after a longer break nothing happens until the next report. */
function isRecent({ days, today }: StreakState): boolean {
  const last = days.findLast(({ kind }) => kind === 'active')
  return last !== undefined && today - last.day <= daysAfterLastActive
}

/** A result that saves this student's row and nothing else. */
export const onlyStudent = (student: Student): XpResult => ({ student, facts: [], rows: [], days: [], earned: [], events: [] })

/** The events with their school and correlation id. With the game off only xp.earned is published, marked silent: it is counted, nobody is notified. */
function withAddress(events: readonly NewEvent[], { schoolId, gameOn }: Student, reports: readonly StudentReport[]): NewEvent[] {
  const correlationId = reports.at(-1)?.correlationId
  const published = gameOn ? events : events.filter(({ name }) => name === 'xp.earned')
  return published.map((event) => ({ ...event, schoolId, ...(correlationId ? { correlationId } : {}) }))
}
