import { z } from 'zod'
import { type Api, api } from './endpoint.ts'
import { type HouseName, ports } from './ports.ts'
import { services } from './services.ts'

export const BreakerState = z.enum(['closed', 'half-open', 'open'])
export type BreakerState = z.output<typeof BreakerState>
const House = z.enum(Object.keys(ports) as HouseName[])
/** Milliseconds from the gateway's question to a house's answer, over the last answers; null before the first. */
const Latency = z.object({ p50Ms: z.number().nullable(), p95Ms: z.number().nullable(), p99Ms: z.number().nullable() })
export const HouseService = z.object({
  house: House,
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
export type HouseService = z.output<typeof HouseService>
export const GatewayMetrics = z.object({
  since: z.iso.datetime(),
  requests: z.object({ answered: z.int(), failed: z.int(), refusedByLimit: z.int(), refusedByBreaker: z.int() }),
  latency: Latency,
  houses: z.array(z.object({ house: House, answered: z.int(), failed: z.int(), latency: Latency, breaker: BreakerState })),
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
      summary: 'Every house as the gateway sees it: instances, breaker, latency',
      who: admins,
      reply: z.array(HouseService),
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
      path: '/services/:house/reset',
      summary: "Close a house's breaker and take its ejected instances back",
      who: admins,
      rate: 'write',
      params: z.strictObject({ house: House }),
      reply: HouseService,
    },
  },
})

export type Answerer = HouseName | 'gateway'
/** Every table the public door knows, by who answers it: the houses, and the gateway itself. */
export const answerers: Record<Answerer, { apis: Record<string, Api> }> = { ...services, gateway: { apis: { gateway: gatewayApi } } }
