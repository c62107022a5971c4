import { z } from 'zod'
import type { Endpoint, Role } from './endpoint.ts'

const percent = (fallback: number) => z.int().min(0).max(1000).default(fallback)
const XpSource = z.enum(['lesson', 'homework', 'material', 'payment'])
const Boost = z
  .strictObject({
    name: z.string().regex(/^[a-z0-9-]{1,63}$/, { error: 'Expected 1 to 63 small letters, digits and dashes, such as double-weekend' }),
    from: z.iso.datetime(),
    until: z.iso.datetime(),
    percent: z.int().min(100).max(1000).describe('XP during the boost, in percent of the usual'),
    sources: z.array(XpSource).min(1).max(4).describe('What the boost is for'),
  })
  .refine((boost) => Date.parse(boost.from) < Date.parse(boost.until), { path: ['until'], error: 'Expected an instant after from' })

const perMinuteMax = 100_000
const perMinuteNeeded = `Expected a whole number from 1 to ${perMinuteMax}: none at all would lock everybody out`
/** Requests a minute. */
const PerMinute = z.int({ error: perMinuteNeeded }).min(1, { error: perMinuteNeeded }).max(perMinuteMax, { error: perMinuteNeeded })
const Maybe = PerMinute.optional()
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
        .strictObject({ lesson: percent(100), homework: percent(100), material: percent(100), payment: percent(100) })
        .prefault({})
        .describe('XP of each source, in percent of its base'),
      boosts: z
        .array(Boost)
        .max(50)
        .refine((boosts) => new Set(boosts.map(({ name }) => name)).size === boosts.length, {
          error: 'Expected each boost to have a name of its own',
        })
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
        .prefault({}),
      dailyCapXp: z.int().min(1).max(100_000).default(1500).describe('Most XP a student can gain in one local day'),
    })
    .prefault({}),
  rateLimits: z
    .strictObject({
      perMinute: PerMinute.default(100).describe('Requests a signed-in client may make in a minute, whole API'),
      anonymousPerMinute: PerMinute.default(30).describe('Requests an address that is not signed in may make in a minute'),
      botPerMinute: PerMinute.default(3000).describe('Requests the bot itself may make in a minute, for everybody it serves'),
      byRole: z
        .strictObject({ admin: Maybe, tutor: Maybe, parent: Maybe, student: Maybe } satisfies Record<Role, z.ZodType>)
        .prefault({})
        .describe('Another perMinute for a role'),
      byClass: z
        .strictObject({
          read: Maybe,
          write: Maybe,
          'sign-in': PerMinute.default(20),
          upload: PerMinute.default(30),
        } satisfies Record<NonNullable<Endpoint['rate']>, z.ZodType>)
        .prefault({})
        .describe('Requests of one kind a client may make in a minute, within its perMinute; none set is no bound of its own'),
      routes: z
        .array(RouteLimit)
        .max(100)
        .refine((routes) => new Set(routes.map(({ match }) => match)).size === routes.length, {
          error: 'Expected each route once',
        })
        .default([])
        .describe('A bound of its own for a route, within the others'),
    })
    .prefault({}),
  circuitBreaker: z
    .strictObject({
      failureThreshold: z.int().min(1).max(1000).default(5).describe('Failures in a row that open the breaker'),
      recoverySeconds: z.int().min(1).max(3600).default(60).describe('How long an open breaker waits before it tries again'),
      timeoutMs: z.int().min(100).max(60_000).default(5000).describe('How long the gateway waits for a house'),
    })
    .prefault({}),
})
export type Settings = z.output<typeof Settings>
