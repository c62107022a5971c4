import { type ServiceName, serviceNames } from '@repitbot/contracts/services'
import type { Settings } from '@repitbot/contracts/settings'
import type { Check } from '@repitbot/kit/http'
import type { Log } from '@repitbot/kit/log'
import { type Breaker, openBreaker } from './breaker.ts'
import { isFault } from './faults.ts'
import { type Figures, openFigures } from './figures.ts'
import { type Instances, openInstances, type Resolve } from './instances.ts'

const probeEveryMs = 2_000
const resolveEveryMs = 5_000

export type Upstream = { service: ServiceName; instances: Instances; breaker: Breaker; figures: Figures }
export type Upstreams = {
  of(service: ServiceName): Upstream
  all(): Upstream[]
  /** Figures of all services together. */
  total: Figures
  checks(): Record<string, Check>
  close(): Promise<void>
}
type UpstreamsDeps = { addresses: Record<ServiceName, string[]>; settings: () => Settings; log: Log; resolve?: Resolve }

/** The state of every service. Instances are probed by a timer, never while a request waits. */
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
    await instances.probe()
  })
  const timers = [
    setInterval(() => void every(({ instances }) => instances.read()), resolveEveryMs),
    setInterval(() => void every(probe), probeEveryMs),
  ]
  for (const timer of timers) timer.unref()
  return {
    of: (service) => byName.get(service) as Upstream,
    all: () => all,
    total,
    checks: () => Object.fromEntries(all.map(({ service, instances }) => [service, healthOf(instances)])),
    async close() {
      for (const timer of timers) clearInterval(timer)
      for (const { breaker } of all) breaker.close()
      await every(({ instances }) => instances.close())
    },
  }
}

/**
 * Closes the breaker of a service that was down and is up again. One whose instances were up all the while gets a trial request: its success
 * closes the breaker, and where the service hangs though it answers probes, all other requests are still refused at once.
 */
async function probe({ instances, breaker }: Upstream) {
  const wasDown = healthOf(instances).state === 'down'
  await instances.probe()
  if (healthOf(instances).state === 'up') {
    if (wasDown) breaker.reset()
    else breaker.tryNow()
  }
  // A pod that stops usually has a successor, which should get requests before the old one is gone. So should the first pod.
  const all = instances.all()
  if (!all.length || all.some((one) => one.state() !== 'up')) await instances.read()
}

/** A service is up while at least one instance is; its latency is that of the quickest probe. */
export function healthOf(instances: Instances): Check {
  const up = instances.all().flatMap((one) => (one.state() === 'up' && one.probeMs !== undefined ? [one.probeMs] : []))
  return up.length ? { state: 'up', latencyMs: Math.min(...up) } : { state: 'down' }
}
