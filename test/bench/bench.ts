import { openOwnStores } from '../fleet/own-stores.ts'
import { endOnBroken, say } from '../fleet/promise.ts'
import { benchConsumers } from './consumers.ts'
import { openBenchGround } from './ground.ts'
import { benchOutbox } from './outbox.ts'

// Measures the promised figures on stores of its own: `make bench`, or `ONLY=outbox make bench` for one part. A/B rounds alternate, medians are compared.

const only = process.env.ONLY
const stores = await openOwnStores()
const ground = await openBenchGround(stores)
const parts = { outbox: () => benchOutbox(ground), consumers: () => benchConsumers(ground) }
for (const [name, run] of Object.entries(parts)) {
  if (only && only !== name) continue
  say(`bench   ${name}`)
  await run()
}
await ground.close()
stores.end()
endOnBroken()
