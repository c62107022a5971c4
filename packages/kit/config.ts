import { z } from 'zod'

const port = (fallback: number) => {
  const error = `Expected a port from 1 to 65535, such as ${fallback}`
  return z.coerce.number({ error }).int({ error }).min(1, { error }).max(65_535, { error }).default(fallback)
}
/** Whether a store is reached over TLS. Its certificate is verified; NODE_EXTRA_CA_CERTS names a file with a private authority. */
export const tls = z
  .enum(['on', 'off'], { error: 'Expected on or off' })
  .default('off')
  .transform((value) => value === 'on')
const required = (error: string, length = 1) => z.string({ error }).min(length, { error })
const text = (fallback: string) => z.string().min(1).default(fallback)

/** The environment variables of every service; their names are those of the seed project where it had them. */
const Common = z.object({
  ENVIRONMENT: text('production'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  HOST: text('0.0.0.0'),
  /** Metrics are served on this port and not on the service's own. */
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
  /** Also the prefix of the queues' names: two installations on one broker need two exchanges. */
  RABBITMQ_EXCHANGE: text('repitbot'),
  REDIS_HOST: text('127.0.0.1'),
  REDIS_PORT: port(6379),
  REDIS_TLS: tls,
  REDIS_PASSWORD: z.string().default(''),
  /** The address of the user service, which signs tokens; its public keys are read there. */
  UPSTREAM_USER: text('http://127.0.0.1:8001'),
  SERVICE_SECRET: required('Expected at least 16 characters, the same for all services, such as the output of: openssl rand -hex 16', 16),
  BOT_SECRET: z.string().optional(),
  SETTINGS_FILE: z.string().optional(),
})
export type Common = z.output<typeof Common>
/** The names of the variables that every service reads. */
export const commonNames = [...Object.keys(Common.shape), 'PORT']

/** The environment of this process, to be read by a schema. */
export const environment = process.env

/** Reads an environment by its schema. Throws a ConfigFault with a line for each wrong key: its name, its value (except of a secret or of an address with a password) and what is expected. An empty value counts as unset. */
export function readConfig<Config>(schema: z.ZodType<Config>, from: NodeJS.ProcessEnv = environment): Config {
  const set = Object.fromEntries(Object.entries(from).filter(([, value]) => value !== ''))
  // Each schema is used once, so compiling it would cost more than it saves.
  const result = schema.safeParse(set, { jitless: true })
  if (result.success) return result.data
  const faults = result.error.issues.map(({ path, message }) => {
    const key = path.join('.')
    const value = from[key]
    const valueText = value === undefined || isSecret(key, value) ? '' : `=${value}`
    return `${key}${valueText}: ${message}`
  })
  throw new ConfigFault(faults.join('\n'))
}
/** What must not stand on a screen or in a log: secrets by their names, and addresses that hold a password. SMTP_URL holds one even where it is written wrong. */
const isSecret = (key: string, value: string) => /SECRET|PASS|KEY|TOKEN|SMTP_URL/.test(key) || /:\/\/.*@/s.test(value)

/** A configuration that a process cannot start with; its message is for the person who starts it. */
export class ConfigFault extends Error {}

/** Starts a process. A ConfigFault is printed as a sentence without a stack, for the person who starts it can fix it. */
export async function startProcess(name: string, start: () => Promise<void>): Promise<void> {
  try {
    await start()
  } catch (error) {
    if (!(error instanceof ConfigFault)) throw error
    process.stderr.write(`${name} cannot start:\n${error.message}\n`)
    process.exitCode = 1
  }
}

/** Reads what every service reads. The port is that of contracts/services.ts unless PORT is set. */
export function readCommon(portOfService: number, from: NodeJS.ProcessEnv = environment): Common & { PORT: number } {
  return readConfig(Common.extend({ PORT: port(portOfService) }), from)
}
