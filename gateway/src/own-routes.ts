import type { Routes } from '@repitbot/contracts/endpoint'
import type { gatewayApi, ServiceState } from '@repitbot/contracts/gateway'
import { healthOf, type Upstream, type Upstreams } from './upstreams.ts'

type Deps = { upstreams: Upstreams; since: Date; refusedByLimit: () => number }

/** The gateway's own routes: the state of the services and of the gateway itself. */
export const ownRoutes = ({ upstreams, since, refusedByLimit }: Deps): Routes<typeof gatewayApi> => ({
  services: async () => upstreams.all().map(toServiceState),
  metrics: async () => {
    const services = upstreams.all().map(({ service, figures, breaker }) => ({ service, ...figures.read(), breaker: breaker.state() }))
    const { answered, failed, latency } = upstreams.total.read()
    const refusedByBreaker = upstreams.all().reduce((sum, { breaker }) => sum + breaker.refusals(), 0)
    return {
      since: since.toISOString(),
      requests: { answered, failed, refusedByLimit: refusedByLimit(), refusedByBreaker },
      latency,
      services,
    }
  },
  reset: async ({ params }) => {
    const upstream = upstreams.of(params.service)
    upstream.breaker.reset()
    for (const instance of upstream.instances.all()) instance.takeBack()
    return toServiceState(upstream)
  },
})

const toServiceState = ({ service, instances, breaker, figures }: Upstream): ServiceState => ({
  service,
  state: healthOf(instances).state,
  breaker: { state: breaker.state(), failuresInRow: breaker.failuresInRow(), triesAt: breaker.triesAt()?.toISOString() ?? null },
  latency: figures.read().latency,
  instances: instances.all().map((one) => ({
    address: one.address,
    state: one.state(),
    busy: one.busy,
    failuresInRow: one.failuresInRow,
    lookMs: one.probeMs ?? null,
  })),
})
