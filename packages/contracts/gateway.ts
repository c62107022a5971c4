import { z } from 'zod'
import { type Api, api } from './endpoint.ts'
import { type ServiceName, serviceNames, services } from './services.ts'

export const BreakerState = z.enum(['closed', 'half-open', 'open'])
export type BreakerState = z.output<typeof BreakerState>
const Service = z.enum(serviceNames)
/** Milliseconds from the gateway's question to a service's answer, over the last answers; null before the first. */
const Latency = z.object({ p50Ms: z.number().nullable(), p95Ms: z.number().nullable(), p99Ms: z.number().nullable() })
export const ServiceState = z.object({
  service: Service,
  state: z.enum(['up', 'down']),
  breaker: z.object({ state: BreakerState, failuresInRow: z.int(), triesAt: z.iso.datetime().nullable() }),
  latency: Latency,
  instances: z.array(
    z.object({
      address: z.string(),
      /** `ejected`: left out after failures in a row until a look at it succeeds; `down`: it did not answer the last look. */
      state: z.enum(['up', 'down', 'ejected']),
      busy: z.int(),
      failuresInRow: z.int(),
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
/** What the gateway answers by itself. */
export const gatewayApi = api({
  prefix: '/gateway',
  endpoints: {
    services: {
      method: 'get',
      path: '/services',
      summary: 'Every service as the gateway sees it: instances, breaker, latency',
      who: admins,
      reply: z.array(ServiceState),
    },
    metrics: {
      method: 'get',
      path: '/metrics',
      summary: 'What went through this gateway since it started, to be read by a person',
      who: admins,
      reply: GatewayMetrics,
    },
    reset: {
      method: 'post',
      path: '/services/:service/reset',
      summary: "Close a service's breaker and take its ejected instances back",
      who: admins,
      rate: 'write',
      params: z.strictObject({ service: Service }),
      reply: ServiceState,
    },
  },
})

export type Answerer = ServiceName | 'gateway'
/** Every table the public door knows, by who answers it: the services, and the gateway itself. */
export const answerers: Record<Answerer, { apis: Record<string, Api> }> = { ...services, gateway: { apis: { gateway: gatewayApi } } }
