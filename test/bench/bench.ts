import { openOwnStores } from '../fleet/own-stores.ts'
import { print, setExitCode } from '../fleet/results.ts'
import { benchConsumers } from './consumers.ts'
import { benchGateway } from './gateway.ts'
import { benchOperator } from './operator.ts'
import { benchOutbox } from './outbox.ts'
import { benchPage } from './page.ts'
import { benchParts } from './parts.ts'
import { type BenchRuntime, openBenchRuntime } from './runtime.ts'
import { benchStart } from './start.ts'
import { benchStory } from './story.ts'

// Measures the promised figures on stores of its own: `make bench`, or `ONLY=outbox make bench` for one part. Rounds of the compared variants alternate, and their medians are compared.

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130))

const only = process.env.ONLY
const stores = await openOwnStores()
/** Runs a part that needs only the kit, on a database of its own. */
const onRuntime = (run: (runtime: BenchRuntime) => Promise<void>) => async () => {
  const runtime = await openBenchRuntime(stores)
  await run(runtime)
  await runtime.close()
}
const parts = {
  outbox: onRuntime(benchOutbox),
  consumers: onRuntime(benchConsumers),
  story: () => benchStory(stores),
  gateway: () => benchGateway(stores),
  start: benchStart,
  page: benchPage,
  parts: () => benchParts(stores),
  operator: benchOperator,
}
for (const [name, run] of Object.entries(parts)) {
  if (only && only !== name) continue
  print(`bench   ${name}`)
  await run()
}
stores.end()
setExitCode()
process.exit()
