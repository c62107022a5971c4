import { setTimeout as sleep } from 'node:timers/promises'
import { client } from '@repitbot/contracts/client'
import { Settings } from '@repitbot/contracts/settings'
import { studentApi } from '@repitbot/contracts/student'
import { atRate, type Timing } from '../fleet/load.ts'
import type { OwnStores } from '../fleet/own-stores.ts'
import { median, quantile, type Result } from '../fleet/results.ts'
import { openSchool } from '../fleet/school.ts'
import { openFleet, services } from '../fleet/services.ts'
import { statusOf } from '../fleet/status.ts'
import { kill } from '../stores/process.ts'

const { timeoutMs } = Settings.parse({}).circuitBreaker
const seconds = 20
const hungPerSecond = 4
const otherPerSecond = 20
const atOnceMsMax = 10
const backMsMax = 10_000

/** R8: the student service is stopped with its connections open, while its routes and those of another service get requests at a steady rate. */
export async function serviceHung(stores: OwnStores, code?: string): Promise<Result[]> {
  const fleet = await openFleet(stores, services, { code, label: 'hung' })
  const pid = fleet.pids().student ?? 0
  try {
    await fleet.ready()
    const school = await openSchool(fleet, { tutors: 1, pupilsEach: 1 })
    const students = client(studentApi, { origin: fleet.urls.gateway, token: school.token })
    const [{ studentId }] = school.pupils as [(typeof school.pupils)[number]]
    const progress = () => statusOf(students.progress({ studentId }))
    const others = () => statusOf(school.auth.me({}))
    const both = () => Promise.all([atRate(otherPerSecond, seconds, others), atRate(hungPerSecond, seconds, progress)])
    await both()
    const [calm] = await both()
    kill(pid, 'SIGSTOP')
    const [beside, hung] = await both()
    kill(pid, 'SIGCONT')
    const begun = performance.now()
    while ((await progress()) !== 200 && performance.now() - begun < backMsMax * 2) await sleep(50)
    const backMs = performance.now() - begun
    school.close()
    return [...resultsOfHung(hung), resultOfOthers(calm, beside), resultOfReturn(backMs)]
  } finally {
    kill(pid, 'SIGCONT')
    await fleet.end()
  }
}

function resultsOfHung(hung: Timing[]): Result[] {
  const slowest = Math.max(...hung.map(({ ms }) => ms))
  const late = hung.filter(({ dueMs }) => dueMs > timeoutMs + 2_000)
  const atOnce = median(late.map(({ ms }) => ms))
  const good = hung.filter(({ status }) => status === 200).length
  return [
    {
      name: 'R8 routes of a hung service',
      figure: `${hung.length} requests, slowest answer ${Math.round(slowest)} ms, ${good} successes`,
      goal: `each fails within ${timeoutMs} ms`,
      met: slowest <= timeoutMs + 250 && good === 0,
    },
    {
      name: 'R8 routes of a hung service, once its breaker is open',
      figure: `p50 ${atOnce.toFixed(1)} ms of ${late.length}`,
      goal: `<= ${atOnceMsMax} ms`,
      met: atOnce <= atOnceMsMax,
    },
  ]
}

function resultOfOthers(calm: Timing[], beside: Timing[]): Result {
  const p95 = (answered: Timing[]) =>
    quantile(
      answered.map(({ ms, status }) => (status === 200 ? ms : Number.POSITIVE_INFINITY)),
      0.95,
    )
  const [before, during] = [p95(calm), p95(beside)]
  const statuses = [...new Set([...calm, ...beside].map(({ status }) => status))].join(', ')
  return {
    name: 'R8 other routes beside a hung service',
    figure: `p95 ${during.toFixed(1)} ms against ${before.toFixed(1)} ms (answers ${statuses})`,
    goal: '<= 1.2 x',
    met: Number.isFinite(before) && during <= before * 1.2,
  }
}

const resultOfReturn = (ms: number): Result => ({
  name: 'R8 the service goes on',
  figure: `taken back ${Math.round(ms)} ms after`,
  goal: `<= ${backMsMax / 1000} s`,
  met: ms <= backMsMax,
})
