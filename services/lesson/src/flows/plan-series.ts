import { randomUUIDv7 } from 'node:crypto'
import { localDay } from '@repitbot/contracts/calendar'
import type { Caller } from '@repitbot/contracts/endpoint'
import type { SeriesPlan } from '@repitbot/contracts/series'
import { Failure } from '@repitbot/kit/failure'
import type { Deps } from '../deps.ts'
import { lessonPlanned } from '../rules/lesson-events.ts'
import { days, startOf } from '../rules/series.ts'
import { missingLessons, planSeries, type Series } from '../rules/series-lessons.ts'
import { checkPeople, checkStart, idsIn, tutorOf } from './check-plan.ts'

/** Plans a series and every lesson of its first twelve weeks; somebody busy in one of them refuses all. */
export function planNewSeries({ store, now }: Deps, caller: Caller, body: SeriesPlan): Promise<Series> {
  const tutorId = tutorOf(caller, body.tutorId)
  const named = { tutorId, students: body.students }
  return store.planSeries(caller, idsIn(named), (people) => {
    const series = planSeries(randomUUIDv7(), { body, tutorId }, checkPeople(named, people))
    const { rule } = series
    checkStart(startOf(rule, rule.from), now(), 'from')
    const lessons = missingLessons(series, { from: rule.from, today: localDay(now(), rule.zone) }, new Set())
    if (rule.until && days(rule, rule.until).next().done)
      throw new Failure('invalid_input', { errors: [{ field: 'until', message: 'Expected at least one lesson' }] })
    return { series, changed: [], added: lessons.map((lesson) => ({ lesson, events: [lessonPlanned(lesson)] })) }
  })
}
