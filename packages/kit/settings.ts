import { createHash } from 'node:crypto'
import { watch } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Settings } from '@repitbot/contracts/settings'
import { z } from 'zod'
import { ConfigFault } from './config.ts'
import type { Log } from './log.ts'
import { podAccount, type Watch, watchSettings } from './settings-watch.ts'

/** The net under file watching: some file systems tell nothing. */
const pollMs = 1_000

export type OpenSettings = {
  current(): Settings
  /** The generation of the resource they came from, and which resource that is: empty for none. */
  generation(): number
  uid(): string
  /** How many payloads were refused. */
  refusals(): number
  close(): void
}

/**
 * The live settings: defaults < environment < file < watch. A payload is either the settings themselves or `{ generation, uid, spec }`,
 * where an older generation of the same uid is ignored. A changed file is live within two seconds, a watched ConfigMap (`SETTINGS_WATCH`
 * names it) at once; a bad payload keeps the last good settings and is told once.
 */
export async function openSettings(
  environment: NodeJS.ProcessEnv,
  file: string | undefined,
  log: Log,
  account = podAccount,
): Promise<OpenSettings> {
  const base = fromEnvironment(environment)
  let current = Object.freeze(Settings.parse(base, { jitless: true }))
  let source = { generation: 0, uid: '' }
  const seen = { file: '', watch: '' }
  let refusals = 0
  let watched: Watch | undefined

  const take = (from: 'file' | 'watch', text: string) => {
    const hash = createHash('sha256').update(text).digest('hex')
    if (hash === seen[from]) return
    seen[from] = hash
    try {
      const { spec, generation, uid, heard } = sourced(JSON.parse(text) as object, source.generation)
      if (uid === source.uid && generation <= source.generation) return
      current = Object.freeze(heard(merged(base, spec)))
      source = { generation, uid }
      log.info({ generation, from }, 'Settings are live')
    } catch (error) {
      refusals++
      const told = error instanceof z.ZodError ? sentence(error) : String(error)
      log.error({ from, file, error: told }, 'The settings were refused; the last good ones stay')
    }
  }
  /** The mounted file comes later than the watch, by up to a minute, and may hold what the watch has long replaced. */
  const load = async () => {
    const text = file && (await readFile(file, 'utf8').catch(() => undefined))
    if (text && !watched?.isLive()) take('file', text)
  }
  await load()
  watched = watching(environment, account, (text) => take('watch', text), log)
  const timer = file ? setInterval(() => void load(), pollMs).unref() : undefined
  const watcher = file ? folderWatching(dirname(file), load) : undefined
  return {
    current: () => current,
    generation: () => source.generation,
    uid: () => source.uid,
    refusals: () => refusals,
    close: () => {
      clearInterval(timer)
      watcher?.close()
      watched?.close()
    },
  }
}

function watching(environment: NodeJS.ProcessEnv, account: string, onText: (text: string) => void, log: Log): Watch | undefined {
  const { SETTINGS_WATCH: configMap, KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port = '443' } = environment
  if (!configMap) return undefined
  if (!host) throw new ConfigFault(`SETTINGS_WATCH=${configMap}: Expected to run in a pod; elsewhere leave it out and set SETTINGS_FILE`)
  return watchSettings({ host, port: Number(port), account, configMap, onText, log })
}

/** The folder is watched, not the file: a ConfigMap changes by swapping a link in it. */
function folderWatching(folder: string, load: () => Promise<void>) {
  try {
    const watcher = watch(folder, { persistent: false }, () => void load())
    watcher.on('error', () => {})
    return watcher
  } catch {
    return undefined
  }
}

type Sourced = { spec: object; generation: number; uid: string; heard: (settings: object) => Settings }

/** A person's own file is read strictly, for typing slips; the operator's payload without what only a newer release knows. */
function sourced(given: object, last: number): Sourced {
  if (!('spec' in given)) return { spec: given, generation: last + 1, uid: '', heard: Settings.parse }
  const { spec, generation, uid } = z
    .strictObject({ spec: z.record(z.string(), z.unknown()), generation: z.int(), uid: z.string().default('') })
    .parse(given)
  return { spec, generation, uid, heard: (settings) => Settings.parse(known(settings)) }
}

function known(settings: object): object {
  const copy = structuredClone(settings)
  for (const issue of Settings.safeParse(copy).error?.issues ?? []) {
    if (issue.code !== 'unrecognized_keys') continue
    const at = issue.path.reduce<object>((inner, key) => inner[key as keyof typeof inner], copy)
    for (const key of issue.keys) delete at[key as keyof typeof at]
  }
  return copy
}

const whole = z.coerce.number()
/** The seed's names, which set what no file says. */
const environmentRows: Record<string, { path: string[]; read: z.ZodType }> = {
  RATE_LIMIT_PER_MINUTE: { path: ['rateLimits', 'perMinute'], read: whole },
  CIRCUIT_BREAKER_FAILURE_THRESHOLD: { path: ['circuitBreaker', 'failureThreshold'], read: whole },
  CIRCUIT_BREAKER_RECOVERY_TIMEOUT: { path: ['circuitBreaker', 'recoverySeconds'], read: whole },
  DEFAULT_LEVEL_XP_THRESHOLD: { path: ['xp', 'levels', 'baseXp'], read: whole },
  XP_MULTIPLIER: {
    path: ['xp', 'levels', 'growthPercent'],
    read: z
      .string()
      .regex(/^\d{1,2}(\.\d{1,2})?$/, { error: 'Expected a number from 1 to 10 with at most two decimals, such as 1.5' })
      .transform((text) => Math.round(Number(text) * 100)),
  },
  MAX_LEVEL: { path: ['xp', 'levels', 'maxLevel'], read: whole },
  XP_STEP_CAP: { path: ['xp', 'levels', 'stepCapXp'], read: whole },
}

/** Throws a sentence that names the variable, its value and the bound. */
function fromEnvironment(environment: NodeJS.ProcessEnv): object {
  let settings: object = {}
  for (const [name, { path, read }] of Object.entries(environmentRows)) {
    const text = environment[name]
    if (text === undefined || text === '') continue
    const value = read.safeParse(text)
    if (!value.success) throw new ConfigFault(`${name}=${text}: ${value.error.issues[0]?.message}`)
    const alone = path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value.data) as object
    const checked = Settings.safeParse(alone)
    if (!checked.success) throw new ConfigFault(`${name}=${text}: ${checked.error.issues[0]?.message}`)
    settings = merged(settings, alone)
  }
  return settings
}

/** The second over the first, object by object; a list replaces a list. */
function merged(base: object, over: object): object {
  const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value)
  const entries = Object.entries(over).map(([key, value]) => {
    const before = (base as Record<string, unknown>)[key]
    return [key, isObject(before) && isObject(value) ? merged(before, value) : value]
  })
  return { ...base, ...Object.fromEntries(entries) }
}

const sentence = (error: z.ZodError) => error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')
