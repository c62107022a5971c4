import { z } from 'zod'
import { type Api, api } from './endpoint.ts'
import { type ServiceName, serviceNames, services } from './services.ts'

export const BreakerState = z.enum(['closed', 'half-open', 'open'])
export type BreakerState = z.output<typeof BreakerState>
const Service = z.enum(serviceNames)
/** Milliseconds from the gateway's request to a service's response, over the last responses; null before the first. */
const Latency = z.object({ p50Ms: z.number().nullable(), p95Ms: z.number().nullable(), p99Ms: z.number().nullable() })
export const ServiceState = z.object({
  service: Service,
  state: z.enum(['up', 'down']),
  breaker: z.object({ state: BreakerState, failuresInRow: z.int(), triesAt: z.iso.datetime().nullable() }),
  latency: Latency,
  instances: z.array(
    z.object({
      address: z.string(),
      /** `ejected`: gets no requests after failures in a row, until a probe succeeds; `down`: it did not answer the last probe. */
      state: z.enum(['up', 'down', 'ejected']),
      busy: z.int(),
      failuresInRow: z.int(),
      /** How long the last probe took. */
      lookMs: z.number().nullable(),
    }),
  ),
})
export type ServiceState = z.output<typeof ServiceState>
export const GatewayMetrics = z.object({
  since: z.iso.datetime(),
  requests: z.object({ answered: z.int(), failed: z.int(), refusedByLimit: z.int(), refusedByBreaker: z.int() }),
  latency: Latency,
  services: z.array(z.object({ service: Service, answered: z.int(), failed: z.int(), latency: Latency, breaker: BreakerState })),
})
export type GatewayMetrics = z.output<typeof GatewayMetrics>

const admins = { admin: 'school' } as const
/** Routes that the gateway answers by itself. */
export const gatewayApi = api({
  prefix: '/gateway',
  endpoints: {
    services: {
      method: 'get',
      path: '/services',
      summary: 'The state of every service at this gateway: instances, circuit breaker, latency',
      who: admins,
      reply: z.array(ServiceState),
    },
    metrics: {
      method: 'get',
      path: '/metrics',
      summary: 'Counts of requests since this gateway started, for people to read',
      who: admins,
      reply: GatewayMetrics,
    },
    reset: {
      method: 'post',
      path: '/services/:service/reset',
      summary: "Close a service's circuit breaker and use its ejected instances again",
      who: admins,
      rate: 'write',
      params: z.strictObject({ service: Service }),
      reply: ServiceState,
    },
  },
})

export type Answerer = ServiceName | 'gateway'
/** Every API table that the gateway serves, by the process that answers it: a service, or the gateway itself. */
export const answerers: Record<Answerer, { apis: Record<string, Api> }> = { ...services, gateway: { apis: { gateway: gatewayApi } } }
