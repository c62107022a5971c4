import { seedLessons } from '../fleet/lessons.ts'
import { atRate, type Timing } from '../fleet/load.ts'
import type { OwnStores } from '../fleet/own-stores.ts'
import { median, print, quantile, type Result } from '../fleet/results.ts'
import { openSchool } from '../fleet/school.ts'
import { openFleet, services } from '../fleet/services.ts'
import { statusOf } from '../fleet/status.ts'
import { waitForEffects } from './effects.ts'

const perSecond = 40
const windowMs = 10_000
const effectsMsMax = 60_000

export type BrokerRun = { beforeSeconds: number; downSeconds: number; code?: string }

/** R3: lessons are completed at a steady rate, the second part of them without a broker. */
export async function brokerDown(stores: OwnStores, { beforeSeconds, downSeconds, code }: BrokerRun): Promise<Result[]> {
  const fleet = await openFleet(stores, services, { code, label: 'broker' })
  try {
    await fleet.ready()
    const school = await openSchool(fleet)
    const warmSeconds = 10
    const lessons = await seedLessons(fleet, school, perSecond * (warmSeconds + beforeSeconds + downSeconds))
    let next = 0
    const complete = async () => {
      const { id, studentId } = lessons[next++] ?? { id: '', studentId: '' }
      return statusOf(school.lessons.complete({ lessonId: id, students: [{ studentId, attendance: 'attended' }] }))
    }
    await atRate(perSecond, warmSeconds, complete)
    const before = await atRate(perSecond, beforeSeconds, complete)
    await stores.crash('rabbitmq')
    const down = await atRate(perSecond, downSeconds, complete)
    await stores.start('rabbitmq')
    const held = await fleet.sql<{ n: number }>(`select count(*)::int as n from lesson.lesson where status = 'completed'`)
    const due = held[0]?.n ?? 0
    const ms = await waitForEffects(fleet, async () => (await effects(fleet.sql)) === due * 3, effectsMsMax * 2)
    school.close()
    const missing = due * 3 - (await effects(fleet.sql))
    const refused = [...before, ...down].filter(({ status }) => status !== 200)
    const [p99Before, p99Down] = [p99(before), p99(down)]
    print(`        p50 ${p50(before)} ms before, ${p50(down)} ms without a broker`)
    return [
      {
        name: `R3 writes while RabbitMQ is down for ${downSeconds} s`,
        figure: `${down.length} sent, ${refused.length} not accepted`,
        goal: 'every one accepted',
        met: refused.length === 0,
      },
      {
        name: `R3 p99 while RabbitMQ is down for ${downSeconds} s`,
        figure: `${p99Down.toFixed(1)} ms against ${p99Before.toFixed(1)} ms before (medians of windows of ${windowMs / 1000} s)`,
        goal: 'within 20 %',
        met: p99Down <= p99Before * 1.2,
      },
      {
        name: 'R3 effects after its return',
        figure: `${missing} of ${due * 3} missing after ${(ms / 1000).toFixed(1)} s`,
        goal: 'all within 60 s',
        met: missing === 0 && ms <= effectsMsMax,
      },
    ]
  } finally {
    await fleet.end()
  }
}

/** The effects of each lesson: a fact in the student service, and a notice to the student and to the parent. */
async function effects(sql: <Row>(text: string) => Promise<Row[]>): Promise<number> {
  const [row] = await sql<{ n: number }>(
    `select ((select count(*) from student.lesson_fact) + (select count(*) from notification.notice where code = 'lesson_report'))::int as n`,
  )
  return row?.n ?? 0
}

const p50 = (answered: Timing[]) =>
  quantile(
    answered.map(({ ms }) => ms),
    0.5,
  ).toFixed(1)
/** Other work on the machine spoils one window, but not the median of all. */
function p99(answered: Timing[]): number {
  const windows = Map.groupBy(answered, ({ dueMs }) => Math.floor(dueMs / windowMs))
  return median(
    [...windows.values()].map((window) =>
      quantile(
        window.map(({ ms }) => ms),
        0.99,
      ),
    ),
  )
}
