import { setTimeout as sleep } from 'node:timers/promises'
import { atRate } from '../fleet/load.ts'
import type { OwnStores } from '../fleet/own-stores.ts'
import { quantile, type Result } from '../fleet/results.ts'
import { openSchool, type School } from '../fleet/school.ts'
import { openFleet, scarce, services } from '../fleet/services.ts'
import { statusOf } from '../fleet/status.ts'

const addedMsMax = 200
const usedBefore = 20
const requests = 100

/** R7, limits: a client uses a part of its limit, Redis is frozen or killed, and the client goes on. `code` may be a changed copy of the repository. */
export async function limitsWithoutRedis(stores: OwnStores, code?: string): Promise<Result[]> {
  const fleet = await openFleet(stores, services, { code, label: 'limits' })
  try {
    await fleet.ready()
    const school = await openSchool(fleet, { tutors: 1, pupilsEach: 1 })
    const calm = await p99Of(school)
    const policy = () => statusOf(school.policy.get({}))
    const frozen = await without(school, policy, () => stores.freeze('redis'))
    stores.thaw('redis')
    if (code) return resultsOf('frozen', frozen, calm)
    await sleep(3_000)
    const series = () => statusOf(school.series.list({}))
    const gone = await without(school, series, () => stores.crash('redis'))
    await stores.start('redis')
    school.close()
    return [...resultsOf('frozen', frozen, calm), ...resultsOf('gone', gone, calm)]
  } finally {
    stores.thaw('redis')
    await fleet.end()
  }
}

type Measured = { p99: number; through: number }
async function without(school: School, limited: () => Promise<number>, away: () => unknown): Promise<Measured> {
  const statuses: number[] = []
  for (let n = 0; n < usedBefore; n++) statuses.push(await limited())
  await away()
  const p99 = await p99Of(school)
  for (let n = usedBefore; n < requests; n++) statuses.push(await limited())
  return { p99, through: statuses.filter((status) => status === 200).length }
}

const resultsOf = (how: string, { p99, through }: Measured, calm: number): Result[] => [
  {
    name: `R7 Redis ${how}, limits`,
    figure: `${through} of ${requests} requests let through where ${scarce} a minute are allowed, ${usedBefore} of them before`,
    goal: `${scarce}`,
    met: through === scarce,
  },
  {
    name: `R7 Redis ${how}, requests under limits`,
    figure: `p99 ${p99.toFixed(0)} ms against ${calm.toFixed(0)} ms`,
    goal: `added p99 <= ${addedMsMax} ms`,
    met: p99 - calm <= addedMsMax,
  },
]

async function p99Of(school: School): Promise<number> {
  const answered = await atRate(20, 5, () => statusOf(school.auth.me({})))
  return quantile(
    answered.map(({ ms, status }) => (status === 200 ? ms : Number.POSITIVE_INFINITY)),
    0.99,
  )
}
