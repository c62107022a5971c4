import { type ServiceName, serviceNames } from '@repitbot/contracts/services'
import type { Settings } from '@repitbot/contracts/settings'
import type { Check } from '@repitbot/kit/http'
import type { Log } from '@repitbot/kit/log'
import { type Breaker, openBreaker } from './breaker.ts'
import { isFault } from './faults.ts'
import { type Figures, openFigures } from './figures.ts'
import { type Instances, openInstances, type Resolve } from './instances.ts'

const lookMs = 2_000
const readMs = 5_000

export type Upstream = { service: ServiceName; instances: Instances; breaker: Breaker; figures: Figures }
export type Upstreams = {
  of(service: ServiceName): Upstream
  all(): Upstream[]
  /** Of all services together. */
  total: Figures
  checks(): Record<string, Check>
  close(): Promise<void>
}
type UpstreamsDeps = { addresses: Record<ServiceName, string[]>; settings: () => Settings; log: Log; resolve?: Resolve }

/** What the gateway knows of every service. Each is looked at now and then, never while a request waits. */
export async function openUpstreams({ addresses, settings, log, resolve }: UpstreamsDeps): Promise<Upstreams> {
  const total = openFigures()
  const all = serviceNames.map((service) => ({
    service,
    instances: openInstances(addresses[service], log, resolve),
    breaker: openBreaker(() => settings().circuitBreaker, isFault),
    figures: openFigures(total),
  }))
  const byName = new Map(all.map((one) => [one.service, one]))
  const every = (work: (one: Upstream) => Promise<void>) => Promise.all(all.map(work))
  await every(async ({ instances }) => {
    await instances.read()
    await instances.look()
  })
  const timers = [setInterval(() => void every(({ instances }) => instances.read()), readMs), setInterval(() => void every(looked), lookMs)]
  for (const timer of timers) timer.unref()
  return {
    of: (service) => byName.get(service) as Upstream,
    all: () => all,
    total,
    checks: () => Object.fromEntries(all.map(({ service, instances }) => [service, seen(instances)])),
    async close() {
      for (const timer of timers) clearInterval(timer)
      for (const { breaker } of all) breaker.close()
      await every(({ instances }) => instances.close())
    },
  }
}

/** A service that was away and answers again is taken back at once. One that hangs while it answers looks waits for its breaker to try. */
async function looked({ instances, breaker }: Upstream) {
  const wasAway = seen(instances).state === 'down'
  await instances.look()
  if (wasAway && seen(instances).state === 'up') breaker.reset()
  // One that leaves has a successor more often than not, and it should be known before the old one is gone; so should the very first.
  const known = instances.all()
  if (!known.length || known.some((one) => one.state() !== 'up')) await instances.read()
}

/** A service is up while one of its instances is; the latency is the quickest one's. */
export function seen(instances: Instances): Check {
  const up = instances.all().flatMap((one) => (one.state() === 'up' && one.lookMs !== undefined ? [one.lookMs] : []))
  return up.length ? { state: 'up', latencyMs: Math.min(...up) } : { state: 'down' }
}
