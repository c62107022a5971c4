import { z } from 'zod'
import type { Endpoint, Role } from './endpoint.ts'

/** A rule between values. Both the check of the loader and that of the CRD (`cel`, the expression language of Kubernetes) are made from it. */
type Rule<Value> = { error: string; field?: string; holds: (value: Value) => boolean; crd: CrdRule }
export type CrdRule = { cel: string; uniqueBy?: string }
const withRule = <Schema extends z.ZodType>(schema: Schema, { error, field, holds, crd }: Rule<z.output<Schema>>) =>
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
/** Strict, so that the API server and the loader accept the same texts; the second check refuses days such as the 30th of February. */
const Instant = z
  .string()
  .regex(/^20\d\d-\d\d-\d\dT\d\d:[0-5]\d:[0-5]\dZ$/, { error: instantNeeded, abort: true })
  .refine((text) => new Date(Date.parse(text) || 0).toISOString().replace('.000', '') === text, { error: instantNeeded })
  .meta({ format: 'date-time' })
const Boost = withRule(
  z.strictObject({
    name: z
      .string()
      .regex(/^[a-z0-9-]{1,63}$/, { error: 'Expected 1 to 63 small letters, digits and dashes, such as double-weekend' })
      .max(63)
      .describe('1 to 63 small letters, digits and dashes, such as double-weekend; each boost needs its own'),
    from: Instant.describe('When it starts, in UTC to the second, such as 2026-12-05T00:00:00Z'),
    until: Instant.describe('When it ends, later than from'),
    percent: z.int().min(100).max(1000).describe('XP during the boost, in percent of the usual XP'),
    sources: z.array(XpSource).min(1).max(4).describe('The sources of XP that the boost counts for'),
  }),
  before('from', 'until'),
)

const perMinuteMax = 100_000
const perMinuteNeeded = `Expected a whole number from 1 to ${perMinuteMax}: none at all would lock everybody out`
/** Requests a minute. */
const PerMinute = z.int({ error: perMinuteNeeded }).min(1, { error: perMinuteNeeded }).max(perMinuteMax, { error: perMinuteNeeded })
const optionalLimit = (whose: string) => PerMinute.optional().describe(`Requests ${whose} in a minute`)
const RouteLimit = z.strictObject({
  match: z
    .string()
    .max(200)
    .regex(/^(GET|POST|PUT|PATCH|DELETE) \/[\w/:.-]*$/, {
      error: 'Expected a method and a path as the API page has it, :name for each {name}, such as POST /auth/login',
    })
    .describe('The route, such as POST /auth/login or GET /api/v1/lessons/:lessonId'),
  perMinute: PerMinute.describe('Requests that one client may make to it in a minute'),
})

/** The live settings. The CRD, the operator, the loader and docs/settings.md are made from this schema. All numbers are integers, percents too. */
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
      boosts: withRule(z.array(Boost).max(50), uniqueBy('name', 'Expected each boost to have a name of its own'))
        .default([])
        .describe('Periods in which XP counts more; of several active ones the greatest applies'),
      levels: z
        .strictObject({
          baseXp: z.int().min(1).max(1_000_000).default(1000).describe('XP from level 1 to level 2'),
          growthPercent: z.int().min(100).max(1000).default(150).describe('Each step between levels, in percent of the step before'),
          stepCapXp: z.int().min(0).max(1_000_000_000).default(3375).describe('The largest step between two levels; 0 means no limit'),
          maxLevel: z.int().min(1).max(1000).default(100).describe('The last level'),
        })
        .prefault({})
        .describe('How much XP each level needs'),
      dailyCapXp: z.int().min(1).max(100_000).default(1500).describe('Most XP a student can gain in one local day'),
    })
    .prefault({})
    .describe('How XP is counted'),
  rateLimits: z
    .strictObject({
      perMinute: PerMinute.default(100).describe('Requests that a signed-in client may make in a minute, to the whole API'),
      anonymousPerMinute: PerMinute.default(600).describe(
        'Requests that an address, behind which a whole school may be, may make in a minute without signing in',
      ),
      botPerMinute: PerMinute.default(3000).describe('Requests that the bot may make in a minute, for all its users together'),
      byRole: z
        .strictObject({
          admin: optionalLimit('of an admin'),
          tutor: optionalLimit('of a tutor'),
          parent: optionalLimit('of a parent'),
          student: optionalLimit('of a student'),
        } satisfies Record<Role, z.ZodType>)
        .prefault({})
        .describe('Replaces perMinute for a role'),
      byClass: z
        .strictObject({
          read: optionalLimit('that read'),
          write: optionalLimit('that change something'),
          'sign-in': PerMinute.default(120).describe(
            'Attempts to sign in, in a minute; guesses at one account have far lower limits of their own',
          ),
          refresh: PerMinute.default(30).describe('Times that one browser may renew its sign-in, in a minute'),
          upload: PerMinute.default(30).describe('Uploads in a minute'),
          webhook: PerMinute.default(3000).describe('Requests of another system, such as Telegram, in a minute; replaces the other limits'),
        } satisfies Record<NonNullable<Endpoint['rate']>, z.ZodType>)
        .prefault({})
        .describe(
          'Requests of one kind that a client may make in a minute, within its perMinute; without a value there is no separate limit',
        ),
      routes: withRule(z.array(RouteLimit).max(100), uniqueBy('match', 'Expected each route once'))
        .default([])
        .describe('Separate limits for routes, within the other limits'),
    })
    .prefault({})
    .describe('How many requests a client may make; a request over the limit gets 429 with retry-after'),
  circuitBreaker: z
    .strictObject({
      failureThreshold: z.int().min(1).max(1000).default(5).describe('Failures in a row that open the circuit breaker'),
      recoverySeconds: z
        .int()
        .min(1)
        .max(3600)
        .default(60)
        .describe(
          'How long an open breaker waits at most before it lets one request try again; it tries at once when a probe of the service succeeds',
        ),
      timeoutMs: z.int().min(100).max(60_000).default(5000).describe('How long the gateway waits for a service'),
    })
    .prefault({})
    .describe('When the gateway stops calling a service that fails'),
})
export type Settings = z.output<typeof Settings>
