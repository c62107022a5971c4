import { z } from 'zod'

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
      perMinute: z.int().min(1).max(100_000).default(100).describe('Requests a signed-in client may make in a minute'),
      anonymousPerMinute: z.int().min(1).max(100_000).default(30).describe('Requests a client that is not signed in may make in a minute'),
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
