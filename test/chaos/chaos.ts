import { botKills } from '../fleet/bot-kills.ts'
import { openOwnStores } from '../fleet/own-stores.ts'
import { endOnBroken, say, tell, tellControl } from '../fleet/promise.ts'
import { brokerDown } from './broker.ts'
import { postgresFrozen, redisFrozen } from './frozen.ts'
import { serviceHung } from './hung.ts'
import { killRun } from './kills.ts'
import { limitsWithoutRedis } from './limits.ts'
import { telegramUnsteady } from './telegram.ts'
import { without } from './unprotected.ts'

// Kills and freezes what the services stand on, on stores of its own: `make chaos`; SEEDS=n for more kill runs, FROZEN_SECONDS=60 for the whole minute,
// ONLY=broker|frozen|limits|hung|kills|bot|telegram for one part.

const only = process.env.ONLY
const number = (name: string, usual: number) => Number(process.env[name] ?? usual)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130))

const stores = await openOwnStores()
const parts: Record<string, () => Promise<void>> = {
  async broker() {
    for (const promised of await brokerDown(stores, { beforeSeconds: 60, downSeconds: number('DOWN_SECONDS', 120) })) tell(promised)
    const run = { beforeSeconds: 5, downSeconds: 10 }
    const name = 'publishing inside the request'
    tellControl('R3', name, await without(name, (code) => brokerDown(stores, { ...run, code })))
  },
  async frozen() {
    for (const promised of await postgresFrozen(stores, { frozenSeconds: number('FROZEN_SECONDS', 30) })) tell(promised)
    for (const promised of await redisFrozen(stores)) tell(promised)
    const name = 'the libraries’ own time-outs'
    tellControl('R7', name, await without(name, (code) => postgresFrozen(stores, { frozenSeconds: 12, code })))
  },
  async limits() {
    for (const promised of await limitsWithoutRedis(stores)) tell(promised)
    const name = 'waiting for Redis as long as it takes'
    tellControl('R7', name, await without(name, (code) => limitsWithoutRedis(stores, code)))
  },
  async hung() {
    for (const promised of await serviceHung(stores)) tell(promised)
    const name = 'the breaker'
    tellControl('R8', name, await without(name, (code) => serviceHung(stores, code)))
  },
  async kills() {
    for (let seed = 1; seed <= number('SEEDS', 1); seed++)
      tell(await killRun(stores, { seed, lessons: number('LESSONS', 2_000), seconds: number('SECONDS', 180) }))
    const name = 'publishing after the commit, without an inbox'
    tellControl('kill -9', name, [
      await without(name, (code) => killRun(stores, { seed: 1, lessons: 400, seconds: 40, code, settleMsMax: 15_000 })),
    ])
  },
  async bot() {
    // The bot stands in a world like a test's, and alone is killed.
    process.env.TEST_POSTGRES_URL = `postgres://postgres@127.0.0.1:${stores.ports.postgres}/postgres`
    process.env.TEST_AMQP_URL = `amqp://guest:guest@127.0.0.1:${stores.ports.rabbitmq}`
    process.env.TEST_REDIS_URL = `redis://127.0.0.1:${stores.ports.redis}`
    tell(await botKills({ updates: number('UPDATES', 2_000), kills: number('KILLS', 50), chats: 8 }))
    const name = 'confirming updates before they are stored'
    tellControl('R11', name, [await without(name, (code) => botKills({ updates: 200, kills: 10, chats: 8, code, answerMs: 60_000 }))])
  },
  async telegram() {
    for (const promised of await telegramUnsteady(stores, { seconds: number('TELEGRAM_SECONDS', 180) })) tell(promised)
    const name = 'knowing what may have left'
    tellControl('R11', name, await without(name, (code) => telegramUnsteady(stores, { seconds: 30, code })))
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
