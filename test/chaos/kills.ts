import { setTimeout as sleep } from 'node:timers/promises'
import { type HeldLesson, heldLessons, randomNumbers } from '../fleet/lessons.ts'
import { inParallel } from '../fleet/load.ts'
import type { OwnStores } from '../fleet/own-stores.ts'
import { print, type Result } from '../fleet/results.ts'
import { openSchool, type School, untilAnswered } from '../fleet/school.ts'
import { type Fleet, openFleet, type Running, type Service, services } from '../fleet/services.ts'
import { type Acknowledged, faultsOf, waitForEffects } from './effects.ts'

const victims: Running[] = [...services.map(({ name }) => name as Service), 'gateway']
const width = 12

export type KillRun = { seed: number; lessons: number; seconds: number; code?: string; settleMsMax?: number }

/** Completes lessons through the gateway while processes, Postgres and RabbitMQ are killed; then counts all effects. */
export async function killRun(stores: OwnStores, { seed, lessons, seconds, code, settleMsMax = 60_000 }: KillRun): Promise<Result> {
  const fleet = await openFleet(stores, services, { code, label: `kills-${seed}` })
  try {
    await fleet.ready()
    const school = await openSchool(fleet)
    const chance = randomNumbers(seed)
    const planned = await plan(school, heldLessons(school, lessons, chance))
    print(`        ${planned.length} lessons planned`)
    const stop = new AbortController()
    const killing = chaos(fleet, { chance, stop: stop.signal })
    const { acknowledged, tries } = await complete(school, planned, seconds)
    stop.abort()
    const storeKills = await killing
    await fleet.ready()
    let faults = await faultsOf(fleet, acknowledged)
    const ms = await waitForEffects(
      fleet,
      async () => {
        faults = await faultsOf(fleet, acknowledged)
        return faults.wrong.length === 0
      },
      settleMsMax,
    )
    school.close()
    for (const wrong of faults.wrong.slice(0, 5)) print(`        ${wrong}`)
    if (fleet.counts.crashed > 0) print(`        ${fleet.counts.crashed} processes ended by themselves`)
    return {
      name: `nothing lost and nothing done twice under kill -9, seed ${seed}`,
      figure:
        `${acknowledged.length} lessons in ${tries} tries; ${fleet.counts.killed} processes, ${storeKills.postgres} x Postgres, ${storeKills.rabbitmq} x RabbitMQ killed; ` +
        `lost ${faults.lost}, doubled ${faults.doubled}, ${faults.wrong.length} differences, settled in ${(ms / 1000).toFixed(1)} s`,
      goal: '0 lost, 0 doubled, XP exact, one notice per recipient',
      met: acknowledged.length === lessons && faults.wrong.length === 0,
    }
  } finally {
    await fleet.end()
  }
}

type Planned = HeldLesson & { lessonId: string; parentId: string }

async function plan(school: School, held: HeldLesson[]): Promise<Planned[]> {
  const planned: Planned[] = []
  await inParallel(held, width, async (one) => {
    const { answer } = await untilAnswered(() => school.lessons.plan(one.plan))
    const parentId = school.pupils.find(({ studentId }) => studentId === one.plan.students[0]?.studentId)?.parentId ?? ''
    planned.push({ ...one, lessonId: answer.id, parentId })
  })
  return planned
}

/** Spreads the reports over the time; each is repeated under its key until it is acknowledged. */
async function complete(school: School, planned: Planned[], seconds: number) {
  const acknowledged: Acknowledged[] = []
  const begun = performance.now()
  let sent = 0
  const progress = setInterval(() => print(`        ${acknowledged.length} of ${planned.length} acknowledged`), 20_000)
  await inParallel(planned, width, async ({ lessonId, parentId, plan, report }, n) => {
    const wait = begun + (n * seconds * 1000) / planned.length - performance.now()
    if (wait > 0) await sleep(wait)
    const idempotencyKey = `complete-${lessonId}`
    const { tries } = await untilAnswered(() => school.lessons.complete({ lessonId, ...report }, { idempotencyKey }))
    sent += tries
    const [student] = report.students
    if (!student) return
    const { studentId, attendance, grade } = student
    const { startsAt, type, minutes } = plan
    acknowledged.push({
      lessonId,
      parentId,
      studentId,
      startsAt,
      type,
      minutes,
      attended: attendance === 'attended',
      percent: grade?.value,
    })
  })
  clearInterval(progress)
  return { acknowledged, tries: sent }
}

/** Kills processes and stores at intervals until it is aborted; then everything runs again. */
async function chaos(fleet: Fleet, { chance, stop }: { chance: () => number; stop: AbortSignal }) {
  const storeKills = { postgres: 0, rabbitmq: 0 }
  const every = async (seconds: number, strike: () => Promise<void>) => {
    while (!stop.aborted) {
      await sleep(seconds * 1000 * (0.7 + 0.6 * chance()), undefined, { signal: stop }).catch(() => undefined)
      if (!stop.aborted) await strike()
    }
  }
  await Promise.all([
    every(2, async () => {
      const victim = await pickVictim(fleet, chance)
      if (victim) await fleet.kill(victim)
    }),
    every(18, async () => {
      storeKills.postgres++
      await (storeKills.postgres % 2 ? fleet.stores.abort() : fleet.stores.crash('postgres'))
      await fleet.stores.start('postgres')
    }),
    every(25, async () => {
      storeKills.rabbitmq++
      await fleet.stores.crash('rabbitmq')
      await fleet.stores.start('rabbitmq')
    }),
  ])
  return storeKills
}

/** Picks a process that answers: killing one that is still starting proves nothing, and on a busy machine would keep it down for ever. */
async function pickVictim(fleet: Fleet, chance: () => number): Promise<Running | undefined> {
  const probes = victims.map(async (name) => {
    const answer = await fetch(`${fleet.urls[name]}/health/live`, { signal: AbortSignal.timeout(1_000) }).catch(() => undefined)
    return answer?.ok ? [name] : []
  })
  const up = (await Promise.all(probes)).flat()
  return up[Math.floor(chance() * up.length)]
}
