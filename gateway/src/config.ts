import { type ServiceName, serviceNames, services } from '@repitbot/contracts/services'
import { tls } from '@repitbot/kit/config'
import { z } from 'zod'

const portNeeded = 'Expected a port from 1 to 65535, such as 8000'
const port = z.coerce
  .number({ error: portNeeded })
  .int({ error: portNeeded })
  .min(1, { error: portNeeded })
  .max(65_535, { error: portNeeded })
const secretNeeded = 'Expected at least 16 characters, the same for all services, such as the output of: openssl rand -hex 16'
const Origins = z
  .string()
  .transform((list) => list.split(',').map((one) => one.trim()))
  .pipe(z.array(z.url({ protocol: /^https?$/, error: 'Expected addresses such as http://lesson:8002, divided by commas' })).min(1))
const upstreams = Object.fromEntries(
  Object.entries(services).map(([name, { port }]) => [`UPSTREAM_${name.toUpperCase()}`, Origins.prefault(`http://127.0.0.1:${port}`)]),
)

/** The gateway's environment; `UPSTREAM_<SERVICE>` lists where each service answers. */
export const GatewayConfig = z.object({
  PORT: port.default(8000),
  /** Serves /metrics on this port in place of the public one. */
  METRICS_PORT: port.optional(),
  HOST: z.string().min(1).default('0.0.0.0'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  ENVIRONMENT: z.string().default('production'),
  SERVICE_SECRET: z.string({ error: secretNeeded }).min(16, { error: secretNeeded }),
  REDIS_HOST: z.string().min(1).default('127.0.0.1'),
  REDIS_PORT: port.default(6379),
  REDIS_TLS: tls,
  REDIS_PASSWORD: z.string().default(''),
  /** Where people open the platform. */
  PUBLIC_URL: z.url().max(500).default('http://localhost:8000'),
  /** Addresses or networks of proxies whose X-Forwarded-For and -Proto are trusted, such as 10.0.0.0/8; by default none. */
  TRUSTED_PROXIES: z.string().default(''),
  /** The bot's own secret: requests that carry it count for the bot's limit and not for the limit of their address. */
  BOT_SECRET: z.string().optional(),
  /** Other origins whose pages may call the API from a browser, such as https://school.example; by default none. */
  CORS_ORIGINS: z
    .string()
    .transform((list) => list.split(',').map((one) => one.trim()))
    .pipe(
      z.array(
        z.string().regex(/^https?:\/\/[^/?#\s*@]+$/, {
          error: 'Expected origins without a path, such as https://school.example, divided by commas',
        }),
      ),
    )
    .optional(),
  SETTINGS_FILE: z.string().optional(),
  /** The built web app; without one in this folder the gateway serves the API alone. */
  WEB_FOLDER: z.string().default('web/dist'),
  ...upstreams,
})
export type GatewayConfig = z.output<typeof GatewayConfig>

export const upstreamsOf = (config: Record<string, unknown>): Record<ServiceName, string[]> =>
  Object.fromEntries(serviceNames.map((name) => [name, config[`UPSTREAM_${name.toUpperCase()}`] as string[]])) as Record<
    ServiceName,
    string[]
  >
