import { randomUUIDv7 } from 'node:crypto'
import { withContext } from '@repitbot/kit/context'
import { openWorld } from '@repitbot/kit/testing/world'
import type { Deps } from '../src/deps.ts'
import { materialiseSeries } from '../src/flows/materialise-series.ts'
import { lessonService } from '../src/service.ts'

const between = { from: '2026-09-01T00:00:00Z', until: '2027-09-01T00:00:00Z', limit: 500 }

/** A world with the lesson service alone, and what tests of series share. */
export async function openSeriesWorld() {
  const world = await openWorld({ services: [lessonService] })
  const lessons = async () => (await world.as('tutor').lessons.list(between)).lessons
  return {
    world,
    /** A series of Mondays at 17:00 in Moscow, from 7 September on, unless said otherwise. */
    plan: (more: object = {}) =>
      world.as('tutor').series.plan({
        type: 'individual',
        subject: 'Maths',
        minutes: 60,
        freq: 'weekly',
        weekdays: [1],
        at: '17:00',
        from: '2026-09-07',
        students: [{ studentId: world.people.student.userId, priceMinor: 150_000 }],
        ...more,
      }),
    lessons,
    /** The lessons that take place. */
    held: async () => (await lessons()).filter(({ status }) => !status.startsWith('cancelled')),
    /** What the night does. */
    materialise: () => {
      const deps = world.services.find(({ name }) => name === 'lesson')?.deps as Deps
      return withContext({ correlationId: randomUUIDv7() }, () => materialiseSeries(deps))
    },
    async empty() {
      await world.idle()
      await world.sql(
        'truncate lesson.series, lesson.lesson, lesson.lesson_seat, lesson.hold, lesson.outbox, lesson.lesson_former, lesson.series_former',
      )
      world.clock.set('2026-09-01T08:00:00Z')
    },
  }
}
export type SeriesWorld = Awaited<ReturnType<typeof openSeriesWorld>>
