import { randomUUIDv7 } from 'node:crypto'
import { localDay, mondayOf } from '@repitbot/contracts/calendar'
import type { Caller } from '@repitbot/contracts/endpoint'
import type { SeriesChange } from '@repitbot/contracts/series'
import { checkVersion, Failure, orThrow } from '@repitbot/kit/failure'
import type { Deps, LockedSeries } from '../deps.ts'
import { changeSeries, type Fields } from '../rules/change-series.ts'
import type { Lesson } from '../rules/lesson.ts'
import { moveAndChange } from '../rules/move-and-change.ts'
import { startOf } from '../rules/series.ts'
import { type Series, toSeats } from '../rules/series-lessons.ts'
import { checkNewcomers, checkPeople, checkSeatCount, checkStart, idsIn, newcomersIn } from './check-plan.ts'
import { findSeriesDay } from './find-series-day.ts'

type Changing = { seriesId: string; change: SeriesChange }

/** Changes one lesson of a series, that one and all after it, or all that are ahead. */
export function changeSeriesFrom({ store, now }: Deps, caller: Caller, { seriesId, change }: Changing): Promise<Series> {
  const { on } = change
  return store.changeSeries(caller, seriesId, async (locked) => {
    const { series } = locked
    checkVersion(series, change.version)
    if (on) checkStart(startOf(series.rule, on), now(), 'on')
    const today = localDay(now(), series.rule.zone)
    if (change.scope === 'this' && on) return changeOne(locked, { on, change, now: now(), by: caller.userId })
    const since = on && on > today ? on : today
    const { at, weekdays, interval, until } = change
    if (weekdays && series.rule.freq === 'daily')
      throw new Failure('invalid_input', { errors: [{ field: 'weekdays', message: 'Expected none in a daily series' }] })
    const rule = withoutUndefined({ at, weekdays: weekdays?.toSorted((a, b) => a - b), interval, until })
    const outcome = changeSeries(series, await locked.lessons(mondayOf(since)), {
      rule,
      fields: await fieldsOf(locked, change),
      since,
      today,
      now: now(),
      by: caller.userId,
      splitId: change.scope === 'following' ? randomUUIDv7() : undefined,
    })
    return orThrow(outcome)
  })
}

async function fieldsOf({ series, people }: LockedSeries, { minutes, subject, videoUrl, students }: SeriesChange): Promise<Fields> {
  const fields = withoutUndefined({ minutes, subject, videoUrl })
  if (!students) return fields
  if (series.type === 'individual' && students.length > 1)
    throw new Failure('invalid_input', { errors: [{ field: 'students', message: 'Expected one student in an individual lesson' }] })
  const named = { tutorId: series.tutorId, students }
  return { ...fields, students: toSeats(students, checkPeople(named, await people(idsIn(named)))) }
}

/** The series stays as it is; a later change of all of it writes only the fields that it names into this lesson too. */
async function changeOne(locked: LockedSeries, { on, change, now, by }: { on: string; change: SeriesChange; now: Date; by: string }) {
  const { series } = locked
  const { lesson, added } = await findSeriesDay(locked, on)
  const wall = { at: change.at ?? series.rule.at, zone: series.rule.zone }
  const startsAt = change.at || change.date ? startOf(wall, change.date ?? on) : lesson.startsAt
  checkStart(startsAt, now, 'date')
  const fields = { subject: change.subject, videoUrl: change.videoUrl, students: await seatsOf(locked, lesson, change.students) }
  const outcome = orThrow(moveAndChange(lesson, { startsAt, minutes: change.minutes, fields, by }))
  if (!added) return { series, changed: outcome.events.length ? [outcome] : [], added: [] }
  return { series, changed: [], added: [{ lesson: outcome.lesson, events: [...added.events, ...outcome.events] }] }
}

async function seatsOf({ people }: LockedSeries, { type, students: before }: Lesson, students: SeriesChange['students']) {
  const seats = students && checkNewcomers(before, students, await people(newcomersIn(before, students)))
  checkSeatCount({ type, students: seats ?? before })
  return seats
}

const withoutUndefined = <T extends object>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> }
