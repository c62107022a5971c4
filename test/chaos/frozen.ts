import { setTimeout as sleep } from 'node:timers/promises'
import { authApi } from '@repitbot/contracts/auth'
import { client } from '@repitbot/contracts/client'
import { seedLessons } from '../fleet/lessons.ts'
import { atRate, type Timing } from '../fleet/load.ts'
import type { OwnStores } from '../fleet/own-stores.ts'
import { print, quantile, type Result } from '../fleet/results.ts'
import { openSchool, type School, signIn } from '../fleet/school.ts'
import { type Fleet, openFleet, services } from '../fleet/services.ts'
import { statusOf } from '../fleet/status.ts'

const perSecond = 20
const calmSeconds = 10
const afterSeconds = 15
const answerMsMax = 3_000
const recoveryMsMax = 5_000

export type FrozenRun = { frozenSeconds: number; code?: string }

/** R7, first half: requests of every kind at a steady rate while every process of Postgres is stopped. */
export async function postgresFrozen(stores: OwnStores, { frozenSeconds, code }: FrozenRun): Promise<Result[]> {
  const fleet = await openFleet(stores, services, { code, label: 'frozen' })
  let frozen = false
  try {
    await fleet.ready()
    const school = await openSchool(fleet)
    const seconds = calmSeconds + frozenSeconds + afterSeconds
    const ask = await asking(fleet, school, perSecond * seconds)
    const load = atRate(perSecond, seconds, ask)
    await sleep(calmSeconds * 1000)
    stores.freeze('postgres')
    frozen = true
    await sleep(frozenSeconds * 1000)
    stores.thaw('postgres')
    frozen = false
    const answered = await load
    school.close()
    const thawMs = (calmSeconds + frozenSeconds) * 1000
    const during = answered.filter(({ dueMs }) => dueMs >= calmSeconds * 1000 + 200 && dueMs < thawMs - answerMsMax)
    return [answeredWhileFrozen(during, frozenSeconds), backToNormal(answered, thawMs)]
  } finally {
    if (frozen) stores.thaw('postgres')
    await fleet.end()
  }
}

function answeredWhileFrozen(during: Timing[], seconds: number): Result {
  const others = during.filter(({ status }) => status !== 503)
  const slowest = Math.max(...during.map(({ ms }) => ms))
  const statuses = [...new Set(others.map(({ status }) => status || 'no answer'))].join(', ')
  return {
    name: `R7 Postgres frozen for ${seconds} s`,
    figure: `${during.length} requests, slowest answer ${Math.round(slowest)} ms, ${others.length} not 503${statuses && ` (${statuses})`}`,
    goal: 'each answered 503 within 3 s',
    met: slowest <= answerMsMax && others.length === 0,
  }
}

function backToNormal(answered: Timing[], thawMs: number): Result {
  const calmMs = quantile(
    answered.filter(({ dueMs }) => dueMs < calmSeconds * 1000).map(({ ms }) => ms),
    0.99,
  )
  const after = answered.filter(({ dueMs }) => dueMs >= thawMs)
  const since = (last: Timing | undefined) => (last ? Math.round(last.dueMs + last.ms - thawMs) : 0)
  const failed = since(after.findLast(({ status }) => status !== 200))
  const slow = since(after.findLast(({ ms }) => ms > Math.max(calmMs * 2, 250)))
  return {
    name: 'R7 Postgres thawed',
    figure: `the last refusal ${failed} ms and the last slow answer ${slow} ms after it`,
    goal: '<= 5 s',
    met: Math.max(failed, slow) <= recoveryMsMax,
  }
}

/** Reads and writes in turn, of several services. */
async function asking(fleet: Fleet, school: School, count: number): Promise<(n: number) => Promise<number>> {
  const lessons = await seedLessons(fleet, school, count)
  const until = new Date().toISOString()
  const from = new Date(Date.now() - 7 * 86_400_000).toISOString()
  const kinds: ((n: number) => Promise<unknown>)[] = [
    (n) => {
      const { id = '', studentId = '' } = lessons[n] ?? {}
      const report = { lessonId: id, students: [{ studentId, attendance: 'attended' as const }] }
      return school.lessons.complete(report, { idempotencyKey: id })
    },
    () => school.lessons.list({ from, until, limit: 20 }),
    () => school.auth.me({}),
    () => school.people.list({ limit: 20 }),
  ]
  return (n) => statusOf((kinds[n % kinds.length] ?? school.auth.me)(n as never))
}

const wrongBefore = 5
const addedMsMax = 200
const revokedMsMax = 5_000

/** R7, second half: sign-in and its limits while Redis is stopped. */
export async function redisFrozen(stores: OwnStores): Promise<Result[]> {
  const fleet = await openFleet(stores, services, { label: 'frozen' })
  let frozen = false
  try {
    await fleet.ready()
    const school = await openSchool(fleet, { tutors: 1, pupilsEach: 1 })
    const anyone = client(authApi, { origin: fleet.urls.gateway })
    const guess = (n: number) => statusOf(anyone.login({ email: 'somebody@fleet.test', password: `a wrong guess ${n}` }))
    const calm = await timed(school)
    const guesses: number[] = []
    for (let n = 0; n < wrongBefore; n++) guesses.push(await guess(n))
    stores.freeze('redis')
    frozen = true
    await sleep(1_000)
    const cold = await timed(school)
    for (let n = 0; n < 15; n++) guesses.push(await guess(n))
    const let10 = guesses.filter((status) => status !== 429).length
    const session = await sessions(fleet)
    school.close()
    const added = cold - calm
    print(`        guesses were answered ${guesses.join(' ')}`)
    return [
      {
        name: 'R7 Redis frozen, requests',
        figure: `p99 ${cold.toFixed(0)} ms against ${calm.toFixed(0)} ms`,
        goal: `added p99 <= ${addedMsMax} ms`,
        met: added <= addedMsMax,
      },
      {
        name: 'R7 Redis frozen, sign-in limits',
        figure: `${let10} of ${guesses.length} guesses let through`,
        goal: '10, those before it froze among them',
        met: let10 === 10 && guesses.slice(10).every((status) => status === 429),
      },
      {
        name: 'R7 Redis frozen, sessions',
        figure: session.figure,
        goal: 'sign-in and refresh work, a session that was ended is refused everywhere within 5 s',
        met: session.met,
      },
    ]
  } finally {
    if (frozen) stores.thaw('redis')
    await fleet.end()
  }
}

async function timed(school: School): Promise<number> {
  const answered = await atRate(20, 5, () => statusOf(school.auth.me({})))
  return quantile(
    answered.map(({ ms, status }) => (status === 200 ? ms : Number.POSITIVE_INFINITY)),
    0.99,
  )
}

async function sessions({ urls }: Fleet): Promise<{ figure: string; met: boolean }> {
  const anyone = client(authApi, { origin: urls.gateway })
  const entered = await anyone.login(signIn)
  const next = await anyone.refresh({ refreshToken: entered.refreshToken })
  const mine = client(authApi, { origin: urls.gateway, token: () => next.accessToken })
  const welcome = await statusOf(mine.me({}))
  await mine.logout({})
  const begun = performance.now()
  let refused = 0
  while (performance.now() - begun < revokedMsMax * 2 && refused !== 401) {
    refused = await statusOf(mine.me({}))
    await sleep(50)
  }
  const ms = performance.now() - begun
  const renewed = await statusOf(anyone.refresh({ refreshToken: next.refreshToken }))
  return {
    figure: `signed in and refreshed (${welcome}), after signing out ${refused} in ${Math.round(ms)} ms, refresh then ${renewed}`,
    met: welcome === 200 && refused === 401 && ms <= revokedMsMax && renewed === 401,
  }
}
