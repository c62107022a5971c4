import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { seedLessons } from '../fleet/lessons.ts'
import { atRate } from '../fleet/load.ts'
import type { OwnStores } from '../fleet/own-stores.ts'
import { median, print, quantile, report } from '../fleet/results.ts'
import { openSchool, type School } from '../fleet/school.ts'
import { type Fleet, openFleet, type Service, services } from '../fleet/services.ts'
import { cpuOf, perOne } from './cpu.ts'
import { type Driver, lessonClient, openDriver } from './driver.ts'

const rounds = 3
const lessonsEach = Number(process.env.LESSONS ?? 10_000)
const perSecond = 200
const steadySeconds = 10
const reachMsMax = 120_000

/**
 * P4: from a completed lesson over XP to the inbox, through the lesson, student and notification processes on real stores, all on this machine.
 * Sustained: the lesson service's flow is called in its process; latency: its HTTP API, on open connections.
 */
export async function benchStory(stores: OwnStores): Promise<void> {
  await keepCommitTimes(stores)
  await onFleet(stores, ['lesson'])
  await onFleet(stores, [])
}

async function onFleet(stores: OwnStores, apart: Service[]): Promise<void> {
  const fleet = await openFleet(stores, services, { label: 'story', apart })
  const driver = apart.length > 0 ? await openDriver(fleet) : undefined
  try {
    await fleet.ready()
    const school = await openSchool(fleet, { tutors: 20, pupilsEach: 25 })
    if (driver) await sustained(fleet, school, driver)
    else await atSteadyRate(fleet, school)
    school.close()
  } finally {
    await driver?.close()
    await fleet.end()
  }
}

/** Makes Postgres record when each row was committed, which is when it can be read. */
async function keepCommitTimes(stores: OwnStores): Promise<void> {
  const client = new pg.Client({ host: '127.0.0.1', port: stores.ports.postgres, user: 'postgres' })
  client.on('error', () => {})
  await client.connect()
  await client.query('alter system set track_commit_timestamp = on')
  await client.query('checkpoint')
  await client.end()
  await stores.abort()
  await stores.start('postgres')
}

async function sustained(fleet: Fleet, school: School, driver: Driver): Promise<void> {
  const speeds: number[] = []
  for (let round = 0; round < rounds; round++) {
    const lessons = await seedLessons(fleet, school, lessonsEach)
    await fleet.sql('analyze')
    const cpu = cpuOf(fleet)
    const begun = performance.now()
    await driver.complete(school, lessons)
    const reportedMs = performance.now() - begun
    await waitForNotices(fleet, lessonsEach * (round + 1))
    const ms = performance.now() - begun
    speeds.push((lessonsEach * 1000) / ms)
    print(
      `        round ${round + 1}: reported at ${perS((lessonsEach * 1000) / reportedMs)} lessons/s, in the inboxes at ${perS(speeds.at(-1))} lessons/s`,
    )
    print(`                 ${perOne(cpu, cpuOf(fleet), lessonsEach)}`)
  }
  const speed = median(speeds)
  report({
    name: 'P4 lesson -> XP -> notice through three processes, sustained',
    figure: `${perS(speed)} lessons/s (median of ${rounds} rounds of ${lessonsEach}, the flow called in the lesson process)`,
    goal: '>= 1,500 lessons/s',
    met: speed >= 1_500,
  })
}

const perS = (value = 0) => Math.round(value).toLocaleString('en')

/** Waits until every lesson has its facts, its XP and the notices of both readers. */
async function waitForNotices(fleet: Fleet, lessons: number): Promise<void> {
  const until = Date.now() + reachMsMax
  while (Date.now() < until) {
    const [row] = await fleet.sql<{ notices: number; waiting: number }>(
      `select (select count(*)::int from notification.notice where code = 'lesson_report') as notices,
         ((select count(*) from lesson.outbox where published_at is null) + (select count(*) from student.outbox where published_at is null)
          + (select count(*) from student.outbox o where not exists (select from notification.inbox i where i.event_id = o.id)))::int as waiting`,
    )
    if (row && row.notices >= lessons * 2 && row.waiting === 0) return
    await sleep(50)
  }
  throw new Error(`not everything arrived in ${reachMsMax / 1000} s`)
}

async function atSteadyRate(fleet: Fleet, school: School): Promise<void> {
  const lessonApi = lessonClient(fleet, school)
  const p50s: number[] = []
  const p99s: number[] = []
  for (let round = 0; round < rounds; round++) {
    const lessons = await seedLessons(fleet, school, perSecond * steadySeconds)
    const sentAt = new Map<string, number>()
    const answered = await atRate(perSecond, steadySeconds, async (n) => {
      const lesson = lessons[n] ?? { id: '', studentId: '' }
      sentAt.set(lesson.id, Date.now())
      return lessonApi.complete(lesson)
    })
    const failed = answered.filter(({ status }) => status !== 200).length
    if (failed > 0) print(`        ${failed} of ${answered.length} requests failed`)
    await sleep(2_000)
    const rows = await fleet.sql<{ id: string; at: number }>(
      `select link_id as id, max(extract(epoch from pg_xact_commit_timestamp(xmin)) * 1000)::float8 as at from notification.notice
       where code = 'lesson_report' and link_id = any($1::uuid[]) group by 1`,
      [lessons.map(({ id }) => id)],
    )
    const waits = rows.map(({ id, at }) => at - (sentAt.get(id) ?? 0))
    p50s.push(quantile(waits, 0.5))
    p99s.push(quantile(waits, 0.99))
  }
  const [p50, p99] = [median(p50s), median(p99s)]
  report({
    name: `P4 request to inbox row at ${perSecond}/s`,
    figure: `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms (medians of ${rounds} runs of ${steadySeconds} s, the lesson service's HTTP API)`,
    goal: 'p50 <= 15 ms, p99 <= 50 ms',
    met: p50 <= 15 && p99 <= 50,
  })
}
