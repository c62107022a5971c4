import { createHash } from 'node:crypto'
import { watch } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Settings } from '@repitbot/contracts/settings'
import { z } from 'zod'
import { ConfigFault } from './config.ts'
import type { Log } from './log.ts'
import { podAccount, type Watch, watchSettings } from './settings-watch.ts'

/** Some file systems report no changes, so the file is also read this often. */
const pollMs = 1_000
/** So often in a row the file must be missing before the defaults are back. */
const missingMax = 2

export type OpenSettings = {
  current(): Settings
  /** The generation and the uid of the resource that they came from; the uid is empty when there is none. */
  generation(): number
  uid(): string
  /** How many payloads were refused. */
  refusals(): number
  close(): void
}

/**
 * Opens the live settings: defaults < environment < file < watch. A payload is either the settings themselves or
 * `{ generation, uid, spec }`, of which an older generation of the same uid is ignored. A changed file is live within two seconds, a
 * changed ConfigMap (`SETTINGS_WATCH` names it) at once. A file that is deleted puts the defaults back. A wrong payload is logged once, and the last good settings stay.
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
  const lastHash = { file: '', watch: '' }
  let refusals = 0
  let missing = 0
  let configMapWatch: Watch | undefined

  const apply = (from: 'file' | 'watch', text: string) => {
    const hash = createHash('sha256').update(text).digest('hex')
    if (hash === lastHash[from]) return
    lastHash[from] = hash
    try {
      const { spec, generation, uid, parse } = readPayload(JSON.parse(text) as object, source.generation)
      if (uid === source.uid && generation <= source.generation) return
      current = Object.freeze(parse(merge(base, spec)))
      source = { generation, uid }
      log.info({ generation, from }, 'Settings are live')
    } catch (error) {
      refusals++
      const reason = error instanceof z.ZodError ? toSentence(error) : String(error)
      log.error({ from, file, error: reason }, 'The settings were refused; the last good ones stay')
    }
  }
  /** A mounted file is updated up to a minute later than the watch, so it is ignored while the watch is live. */
  const load = async () => {
    const text = file && (await readFile(file, 'utf8').catch(() => undefined))
    if (text && !configMapWatch?.isLive()) apply('file', text)
    // A file that a person wrote and deleted; one of the operator's is never taken away. An editor may take it away for a moment.
    missing = text === undefined && file && lastHash.file && !source.uid ? missing + 1 : 0
    if (missing > missingMax) apply('file', '{}')
  }
  await load()
  configMapWatch = startWatch(environment, account, (text) => apply('watch', text), log)
  const timer = file ? setInterval(() => void load(), pollMs).unref() : undefined
  const watcher = file ? watchFolder(dirname(file), load) : undefined
  return {
    current: () => current,
    generation: () => source.generation,
    uid: () => source.uid,
    refusals: () => refusals,
    close: () => {
      clearInterval(timer)
      watcher?.close()
      configMapWatch?.close()
    },
  }
}

function startWatch(environment: NodeJS.ProcessEnv, account: string, onText: (text: string) => void, log: Log): Watch | undefined {
  const { SETTINGS_WATCH: configMap, KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port = '443' } = environment
  if (!configMap) return undefined
  if (!host) throw new ConfigFault(`SETTINGS_WATCH=${configMap}: Expected to run in a pod; elsewhere leave it out and set SETTINGS_FILE`)
  return watchSettings({ host, port: Number(port), account, configMap, onText, log })
}

/** The folder is watched, not the file: a ConfigMap changes by swapping a link in it. */
function watchFolder(folder: string, load: () => Promise<void>) {
  try {
    const watcher = watch(folder, { persistent: false }, () => void load())
    watcher.on('error', () => {})
    return watcher
  } catch {
    return undefined
  }
}

type Payload = { spec: object; generation: number; uid: string; parse: (settings: object) => Settings }

/** A file that a person writes is read strictly, to find typing errors. In the operator's payload unknown fields are ignored: a newer release may have added them. */
function readPayload(given: object, last: number): Payload {
  if (!('spec' in given)) return { spec: given, generation: last + 1, uid: '', parse: Settings.parse }
  const { spec, generation, uid } = z
    .strictObject({ spec: z.record(z.string(), z.unknown()), generation: z.int(), uid: z.string().default('') })
    .parse(given)
  return { spec, generation, uid, parse: (settings) => Settings.parse(withoutUnknownFields(settings)) }
}

function withoutUnknownFields(settings: object): object {
  const copy = structuredClone(settings)
  for (const issue of Settings.safeParse(copy).error?.issues ?? []) {
    if (issue.code !== 'unrecognized_keys') continue
    const at = issue.path.reduce<object>((inner, key) => inner[key as keyof typeof inner], copy)
    for (const key of issue.keys) delete at[key as keyof typeof at]
  }
  return copy
}

const number = z.coerce.number()
/** Environment variables of the seed project; they replace defaults. */
const environmentRows: Record<string, { path: string[]; read: z.ZodType }> = {
  RATE_LIMIT_PER_MINUTE: { path: ['rateLimits', 'perMinute'], read: number },
  CIRCUIT_BREAKER_FAILURE_THRESHOLD: { path: ['circuitBreaker', 'failureThreshold'], read: number },
  CIRCUIT_BREAKER_RECOVERY_TIMEOUT: { path: ['circuitBreaker', 'recoverySeconds'], read: number },
  DEFAULT_LEVEL_XP_THRESHOLD: { path: ['xp', 'levels', 'baseXp'], read: number },
  XP_MULTIPLIER: {
    path: ['xp', 'levels', 'growthPercent'],
    read: z
      .string()
      .regex(/^\d{1,2}(\.\d{1,2})?$/, { error: 'Expected a number from 1 to 10 with at most two decimals, such as 1.5' })
      .transform((text) => Math.round(Number(text) * 100)),
  },
  MAX_LEVEL: { path: ['xp', 'levels', 'maxLevel'], read: number },
  XP_STEP_CAP: { path: ['xp', 'levels', 'stepCapXp'], read: number },
}

/** Reads the settings of the environment. Throws a ConfigFault that names the variable, its value and what is expected. */
function fromEnvironment(environment: NodeJS.ProcessEnv): object {
  let settings: object = {}
  for (const [name, { path, read }] of Object.entries(environmentRows)) {
    const text = environment[name]
    if (text === undefined || text === '') continue
    const value = read.safeParse(text)
    if (!value.success) throw new ConfigFault(`${name}=${text}: ${value.error.issues[0]?.message}`)
    const nested = path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value.data) as object
    const checked = Settings.safeParse(nested)
    if (!checked.success) throw new ConfigFault(`${name}=${text}: ${checked.error.issues[0]?.message}`)
    settings = merge(settings, nested)
  }
  return settings
}

/** Merges the second object into a copy of the first, level by level; a list replaces a list. */
function merge(base: object, over: object): object {
  const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value)
  const entries = Object.entries(over).map(([key, value]) => {
    const before = (base as Record<string, unknown>)[key]
    return [key, isObject(before) && isObject(value) ? merge(before, value) : value]
  })
  return { ...base, ...Object.fromEntries(entries) }
}

const toSentence = (error: z.ZodError) => error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')
