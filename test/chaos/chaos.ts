import { openOwnStores } from '../fleet/own-stores.ts'
import { endOnBroken, say, tell } from '../fleet/promise.ts'
import { killRun } from './kills.ts'

// Kills and freezes what the houses stand on, on stores of its own: `make chaos`; SEEDS=n for more kill runs, ONLY=kills|broker|frozen for one part.

const only = process.env.ONLY
const seeds = Number(process.env.SEEDS ?? 1)
const seconds = Number(process.env.SECONDS ?? 180)
const lessons = Number(process.env.LESSONS ?? 2_000)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130))

const stores = await openOwnStores()
const parts: Record<string, () => Promise<void>> = {
  async kills() {
    for (let seed = 1; seed <= seeds; seed++) tell(await killRun(stores, { seed, lessons, seconds }))
  },
}
for (const [name, run] of Object.entries(parts)) {
  if (only && only !== name) continue
  say(`chaos   ${name}`)
  await run()
}
stores.end()
endOnBroken()
process.exit()
