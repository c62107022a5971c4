import type { Settings } from '@repitbot/contracts/settings'

export type LevelSettings = Settings['xp']['levels']
/** `thresholds[level]` is the XP that reaches it, `[0]` unused; levels whose threshold is above the safe integers are left out of `reach`. */
export type Levels = { thresholds: readonly bigint[]; reach: readonly number[]; maxLevel: number }

const tables = new WeakMap<LevelSettings, Levels>()

/** The level table of these settings, exact and made once for each settings object. */
export function levelsOf(settings: LevelSettings): Levels {
  const made = tables.get(settings)
  if (made) return made
  const thresholds = thresholdsOf(settings)
  const reach = thresholds.filter((threshold) => threshold <= BigInt(Number.MAX_SAFE_INTEGER)).map(Number)
  const levels = { thresholds, reach, maxLevel: reach.length - 1 }
  tables.set(settings, levels)
  return levels
}

/** The level this much XP reaches: the last one whose threshold is not above it. */
export function levelFor(xp: number, { reach, maxLevel }: Levels): number {
  let low = 1
  let high = maxLevel
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((reach[middle] ?? Number.POSITIVE_INFINITY) <= xp) low = middle
    else high = middle - 1
  }
  return low
}

export type LevelProgress = { levelXp: number; xpToNext: number | null; progressPercent: number }
/**
 * How far somebody at `level` with `xp` is to the next one; at the last level, or the last that numbers reach, `xpToNext` is null.
 * A level is kept when a correction takes XP away, so `xp` may be below its threshold: then the progress is 0.
 */
export function levelProgress(xp: number, level: number, { reach }: Levels): LevelProgress {
  const floor = reach[Math.min(level, reach.length - 1)] ?? 0
  const next = reach[level + 1]
  const levelXp = Math.max(0, xp - floor)
  if (next === undefined) return { levelXp, xpToNext: null, progressPercent: 100 }
  return { levelXp, xpToNext: next - xp, progressPercent: Math.floor((levelXp / (next - floor)) * 100) }
}

function thresholdsOf({ baseXp, growthPercent, stepCapXp, maxLevel }: LevelSettings): bigint[] {
  const cap = BigInt(stepCapXp)
  const thresholds = [0n, 0n]
  let numerator = 1n
  let denominator = 1n
  for (let level = 1; level < maxLevel; level++) {
    const exact = (2n * BigInt(baseXp) * numerator + denominator) / (2n * denominator)
    const capped = cap > 0n && exact > cap
    thresholds.push((thresholds[level] ?? 0n) + (capped ? cap : exact))
    // Steps never shrink, so once capped they stay so; multiplying on would only make the numbers longer.
    if (!capped) [numerator, denominator] = reduce(numerator * BigInt(growthPercent), denominator * 100n)
  }
  return thresholds
}

function reduce(numerator: bigint, denominator: bigint): [bigint, bigint] {
  let [a, b] = [numerator, denominator]
  while (b > 0n) [a, b] = [b, a % b]
  return [numerator / a, denominator / a]
}
