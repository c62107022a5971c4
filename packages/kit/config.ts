import { z } from 'zod'

const port = (fallback: number) => {
  const error = `Expected a port from 1 to 65535, such as ${fallback}`
  return z.coerce.number({ error }).int({ error }).min(1, { error }).max(65_535, { error }).default(fallback)
}
/** Whether a store is spoken to by TLS, its certificate verified; an authority of one's own is named by NODE_EXTRA_CA_CERTS. */
export const tls = z
  .enum(['on', 'off'], { error: 'Expected on or off' })
  .default('off')
  .transform((said) => said === 'on')
const required = (error: string, length = 1) => z.string({ error }).min(length, { error })
const text = (fallback: string) => z.string().min(1).default(fallback)

/** The environment every service has; the seed's names where it had one. */
const Common = z.object({
  ENVIRONMENT: text('production'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  HOST: text('0.0.0.0'),
  /** Figures are answered there and not on the service's own port. */
  METRICS_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  POSTGRES_HOST: text('127.0.0.1'),
  POSTGRES_PORT: port(5432),
  POSTGRES_DB: text('repitbot'),
  POSTGRES_TLS: tls,
  /** The password of the service's own runtime role. */
  POSTGRES_PASSWORD: required('Expected the password of the runtime role of this service, as its migrate command set it'),
  /** The role that owns and migrates the schemas; needed only to migrate. */
  POSTGRES_OWNER_USER: text('repitbot'),
  POSTGRES_OWNER_PASSWORD: z.string().default(''),
  RABBITMQ_HOST: text('127.0.0.1'),
  RABBITMQ_PORT: port(5672),
  RABBITMQ_TLS: tls,
  RABBITMQ_DEFAULT_USER: text('repitbot'),
  RABBITMQ_DEFAULT_PASS: z.string().default(''),
  /** Begins the names of the queues too: two installations on one broker need two. */
  RABBITMQ_EXCHANGE: text('repitbot'),
  REDIS_HOST: text('127.0.0.1'),
  REDIS_PORT: port(6379),
  REDIS_TLS: tls,
  REDIS_PASSWORD: z.string().default(''),
  /** Where the signing service answers; its public keys are read there. */
  UPSTREAM_USER: text('http://127.0.0.1:8001'),
  SERVICE_SECRET: required('Expected at least 16 characters, the same for all services, such as the output of: openssl rand -hex 16', 16),
  BOT_SECRET: z.string().optional(),
  SETTINGS_FILE: z.string().optional(),
})
export type Common = z.output<typeof Common>
/** The names that every service reads, beside its own. */
export const commonNames = [...Object.keys(Common.shape), 'PORT']

/** This process's environment, for those who read it by a schema. */
export const environment = process.env

/** Reads an environment by its schema. Throws one sentence a key: its name, its value (never a secret's), the bound. An empty value is an unset one. */
export function readConfig<Config>(schema: z.ZodType<Config>, from: NodeJS.ProcessEnv = environment): Config {
  const set = Object.fromEntries(Object.entries(from).filter(([, value]) => value !== ''))
  // Read once: code made for it would cost more than it saves.
  const read = schema.safeParse(set, { jitless: true })
  if (read.success) return read.data
  const faults = read.error.issues.map(({ path, message }) => {
    const key = path.join('.')
    const value = from[key]
    const shown = value === undefined || /SECRET|PASS|KEY/.test(key) ? '' : `=${value}`
    return `${key}${shown}: ${message}`
  })
  throw new ConfigFault(faults.join('\n'))
}
/** A start that cannot go on; its message is for the person who starts it. */
export class ConfigFault extends Error {}

/** Runs a process's start; what the person who starts it can mend is said in a sentence, not a stack. */
export async function startOrSay(name: string, start: () => Promise<void>): Promise<void> {
  try {
    await start()
  } catch (error) {
    if (!(error instanceof ConfigFault)) throw error
    process.stderr.write(`${name} cannot start:\n${error.message}\n`)
    process.exitCode = 1
  }
}

/** The port is the service's own in contracts/services.ts unless PORT says otherwise. */
export function readCommon(portOfService: number, from: NodeJS.ProcessEnv = environment): Common & { PORT: number } {
  return readConfig(Common.extend({ PORT: port(portOfService) }), from)
}
