import { addDays, localDay } from '@repitbot/contracts/calendar'
import type { Caller } from '@repitbot/contracts/endpoint'
import { nilUuid } from '@repitbot/contracts/uuid'
import type { Deps, LockedSeries } from '../deps.ts'
import type { Outcome } from '../rules/lesson.ts'
import { lessonMoved, lessonPlanned } from '../rules/lesson-events.ts'
import type { SeriesLesson } from '../rules/reschedule-series.ts'
import { lessonsBesideRule, missingLessons, type Series } from '../rules/series-lessons.ts'
import { withoutClosed } from '../rules/without-person.ts'

const page = 200

/**
 * Plans the lessons that every series still lacks in the coming twelve weeks, and puts those back to the wall time of their series that a
 * change of the law on clocks has left beside it. A day on which somebody is busy is left out and tried again by the next run; run again at
 * once, nothing is planned. Somebody whose membership is closed is left out until it is open again.
 */
export async function materialiseSeries(deps: Deps): Promise<number> {
  const { store, now, log } = deps
  let count = 0
  const yesterday = addDays(localDay(now(), 'UTC'), -1)
  for (const schoolId of await store.schoolsWithSeries()) {
    let after = nilUuid
    for (;;) {
      const found = await store.listOpenSeries(schoolId, { today: yesterday, after, limit: page })
      for (const { id, tutorId } of found) count += await materialise(deps, { schoolId, tutorId }, id)
      if (found.length < page) break
      after = found.at(-1)?.id ?? after
    }
  }
  if (count) log.info({ count }, 'Lessons of series are planned ahead')
  return count
}

async function materialise({ store, now }: Deps, { schoolId, tutorId }: { schoolId: string; tutorId: string }, id: string) {
  // Reaches the series of this tutor alone, and looks up people of the whole school, who may have lost their link with their role.
  const asTutor: Caller = { schoolId, userId: tutorId, role: 'admin', sessionId: 'schedule', reach: 'own' }
  let count = 0
  await store.changeSeries(asTutor, id, async ({ series, lessons, free, people }) => {
    const today = localDay(now(), series.rule.zone)
    const there = await lessons(today)
    const taken = new Set(there.map(({ seriesOn }) => seriesOn))
    const missing = missingLessons(series, { from: today, today }, taken).filter(({ startsAt }) => Date.parse(startsAt) > now().getTime())
    const known = await people([series.tutorId, ...series.students.map(({ studentId }) => studentId)])
    const added = (await free(withoutClosed(missing, known))).map((lesson) => ({ lesson, events: [lessonPlanned(lesson)] }))
    count = added.length
    return { series, changed: await backToWallTime(series, there, { now: now(), free }), added }
  })
  return count
}

/** Where somebody is busy at the right time, the lesson stays where it is, and the next run tries again. Nobody moved it, so all are told. */
async function backToWallTime(series: Series, there: SeriesLesson[], { now, free }: { now: Date } & Pick<LockedSeries, 'free'>) {
  const before = new Map(there.map((lesson) => [lesson.id, lesson]))
  const moved = await free(lessonsBesideRule(series, there, now))
  return moved.map((lesson): Outcome => {
    const from = before.get(lesson.id)?.startsAt ?? lesson.startsAt
    return { lesson, events: [lessonMoved(lesson, { from, by: nilUuid })] }
  })
}
