import { z } from 'zod'
import type { Endpoint, Role } from './endpoint.ts'

/** A rule between values, said once: the loader's check and the CRD's (`cel`, the language of the Kubernetes API server) come from it. */
type Rule<Value> = { error: string; field?: string; holds: (value: Value) => boolean; crd: CrdRule }
export type CrdRule = { cel: string; uniqueBy?: string }
const ruled = <Schema extends z.ZodType>(schema: Schema, { error, field, holds, crd }: Rule<z.output<Schema>>) =>
  schema.refine(holds, { error, path: field ? [field] : [] }).meta({ rule: { ...crd, error, field } })
const before = <Early extends string, Late extends string>(early: Early, late: Late): Rule<Record<Early | Late, string>> => ({
  error: `Expected an instant after ${early}`,
  field: late,
  holds: (value) => Date.parse(value[early]) < Date.parse(value[late]),
  crd: { cel: `self.${early} < self.${late}` },
})
const uniqueBy = <Key extends string>(key: Key, error: string): Rule<Record<Key, string>[]> => ({
  error,
  holds: (list) => new Set(list.map((one) => one[key])).size === list.length,
  crd: { cel: `self.all(one, self.exists_one(other, other.${key} == one.${key}))`, uniqueBy: key },
})

const percentOf = (source: string) => z.int().min(0).max(1000).default(100).describe(`XP of ${source}, in percent of its base`)
const XpSource = z.enum(['lesson', 'homework', 'material', 'payment'])
const instantNeeded = 'Expected an instant in UTC to the second, such as 2026-12-05T00:00:00Z'
/** Narrow, so that the API server and the loader say yes to the same; the 30th of February looks right and is none. */
const Instant = z
  .string()
  .regex(/^20\d\d-\d\d-\d\dT\d\d:[0-5]\d:[0-5]\dZ$/, { error: instantNeeded, abort: true })
  .refine((text) => new Date(Date.parse(text) || 0).toISOString().replace('.000', '') === text, { error: instantNeeded })
  .meta({ format: 'date-time' })
const Boost = ruled(
  z.strictObject({
    name: z
      .string()
      .regex(/^[a-z0-9-]{1,63}$/, { error: 'Expected 1 to 63 small letters, digits and dashes, such as double-weekend' })
      .max(63)
      .describe('1 to 63 small letters, digits and dashes, such as double-weekend; no two boosts share one'),
    from: Instant.describe('When it begins, in UTC to the second, such as 2026-12-05T00:00:00Z'),
    until: Instant.describe('When it ends, after it begins'),
    percent: z.int().min(100).max(1000).describe('XP during the boost, in percent of the usual'),
    sources: z.array(XpSource).min(1).max(4).describe('What the boost is for'),
  }),
  before('from', 'until'),
)

const perMinuteMax = 100_000
const perMinuteNeeded = `Expected a whole number from 1 to ${perMinuteMax}: none at all would lock everybody out`
/** Requests a minute. */
const PerMinute = z.int({ error: perMinuteNeeded }).min(1, { error: perMinuteNeeded }).max(perMinuteMax, { error: perMinuteNeeded })
const maybe = (whose: string) => PerMinute.optional().describe(`Requests ${whose} in a minute`)
const RouteLimit = z.strictObject({
  match: z
    .string()
    .max(200)
    .regex(/^(GET|POST|PUT|PATCH|DELETE) \/[\w/:.-]*$/, {
      error: 'Expected a method and a path as the API page has it, :name for each {name}, such as POST /auth/login',
    })
    .describe('The route, such as POST /auth/login or GET /api/v1/lessons/:lessonId'),
  perMinute: PerMinute.describe('Requests one client may make to it in a minute'),
})

/** The live settings: the CRD, the operator, every loader and the reference table in the docs come from here. No floats: percents are integers. */
export const Settings = z.strictObject({
  xp: z
    .strictObject({
      multiplierPercent: z
        .strictObject({
          lesson: percentOf('a lesson'),
          homework: percentOf('homework'),
          material: percentOf('a studied material'),
          payment: percentOf('a payment'),
        })
        .prefault({})
        .describe('XP of each source, in percent of its base'),
      boosts: ruled(z.array(Boost).max(50), uniqueBy('name', 'Expected each boost to have a name of its own'))
        .default([])
        .describe('Times when XP counts more; the greatest active one applies'),
      levels: z
        .strictObject({
          baseXp: z.int().min(1).max(1_000_000).default(1000).describe('XP from level 1 to level 2'),
          growthPercent: z.int().min(100).max(1000).default(150).describe('Each step in percent of the one before'),
          stepCapXp: z
            .int()
            .min(0)
            .max(1_000_000_000)
            .default(3375)
            .describe('Largest step between two levels; 0 lets steps grow without end'),
          maxLevel: z.int().min(1).max(1000).default(100).describe('The last level'),
        })
        .prefault({})
        .describe('How much XP each level takes'),
      dailyCapXp: z.int().min(1).max(100_000).default(1500).describe('Most XP a student can gain in one local day'),
    })
    .prefault({})
    .describe('What XP is counted by'),
  rateLimits: z
    .strictObject({
      perMinute: PerMinute.default(100).describe('Requests a signed-in client may make in a minute, whole API'),
      anonymousPerMinute: PerMinute.default(30).describe('Requests an address that is not signed in may make in a minute'),
      botPerMinute: PerMinute.default(3000).describe('Requests the bot itself may make in a minute, for everybody it serves'),
      byRole: z
        .strictObject({
          admin: maybe('of an admin'),
          tutor: maybe('of a tutor'),
          parent: maybe('of a parent'),
          student: maybe('of a student'),
        } satisfies Record<Role, z.ZodType>)
        .prefault({})
        .describe('Another perMinute for a role'),
      byClass: z
        .strictObject({
          read: maybe('that read'),
          write: maybe('that change something'),
          'sign-in': PerMinute.default(20).describe('Requests that sign in, in a minute'),
          upload: PerMinute.default(30).describe('Uploads in a minute'),
          webhook: PerMinute.default(3000).describe(
            'What another service, such as Telegram, may bring in a minute, in place of the other bounds',
          ),
        } satisfies Record<NonNullable<Endpoint['rate']>, z.ZodType>)
        .prefault({})
        .describe('Requests of one kind a client may make in a minute, within its perMinute; none set is no bound of its own'),
      routes: ruled(z.array(RouteLimit).max(100), uniqueBy('match', 'Expected each route once'))
        .default([])
        .describe('A bound of its own for a route, within the others'),
    })
    .prefault({})
    .describe('How many requests a client may make; one over its bound is answered 429 and told when to come again'),
  circuitBreaker: z
    .strictObject({
      failureThreshold: z.int().min(1).max(1000).default(5).describe('Failures in a row that open the breaker'),
      recoverySeconds: z.int().min(1).max(3600).default(60).describe('How long an open breaker waits before it tries again'),
      timeoutMs: z.int().min(100).max(60_000).default(5000).describe('How long the gateway waits for a service'),
    })
    .prefault({})
    .describe('When the gateway stops asking a service that fails'),
})
export type Settings = z.output<typeof Settings>
