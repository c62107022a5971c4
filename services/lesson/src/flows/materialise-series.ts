import { addDays, localDay } from '@repitbot/contracts/calendar'
import type { Caller } from '@repitbot/contracts/endpoint'
import { nilUuid } from '@repitbot/contracts/uuid'
import type { Deps } from '../deps.ts'
import { lessonPlanned } from '../rules/lesson-events.ts'
import { missingLessons } from '../rules/series-lessons.ts'

const page = 200

/**
 * Plans the lessons that every series still lacks in the coming twelve weeks. A day on which somebody is busy is left out and tried
 * again by the next run; run again at once, nothing is planned.
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
  const asTutor: Caller = { schoolId, userId: tutorId, role: 'tutor', sessionId: 'schedule', reach: 'own' }
  let count = 0
  await store.changeSeries(asTutor, id, async ({ series, lessons, free }) => {
    const today = localDay(now(), series.rule.zone)
    const taken = new Set((await lessons(today)).map(({ seriesOn }) => seriesOn))
    const missing = missingLessons(series, { from: today, today }, taken).filter(({ startsAt }) => Date.parse(startsAt) > now().getTime())
    const added = (await free(missing)).map((lesson) => ({ lesson, events: [lessonPlanned(lesson)] }))
    count = added.length
    return { series, changed: [], added }
  })
  return count
}
