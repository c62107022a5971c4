import { botKills } from '../fleet/bot-kills.ts'
import { openOwnStores } from '../fleet/own-stores.ts'
import { print, report, reportControl, setExitCode } from '../fleet/results.ts'
import { brokerDown } from './broker.ts'
import { postgresFrozen, redisFrozen } from './frozen.ts'
import { serviceHung } from './hung.ts'
import { killRun } from './kills.ts'
import { limitsWithoutRedis } from './limits.ts'
import { telegramUnreliable } from './telegram.ts'
import { without } from './unprotected.ts'

// `make chaos`: kills and freezes services and their stores, on stores of its own. SEEDS=n makes more kill runs, FROZEN_SECONDS=60 freezes for a whole minute,
// ONLY=broker|frozen|limits|hung|kills|bot|telegram runs one part.

const only = process.env.ONLY
const number = (name: string, usual: number) => Number(process.env[name] ?? usual)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130))

const stores = await openOwnStores()
const parts: Record<string, () => Promise<void>> = {
  async broker() {
    for (const result of await brokerDown(stores, { beforeSeconds: 60, downSeconds: number('DOWN_SECONDS', 120) })) report(result)
    const run = { beforeSeconds: 5, downSeconds: 10 }
    const name = 'publishing inside the request'
    reportControl('R3', name, await without(name, (code) => brokerDown(stores, { ...run, code })))
  },
  async frozen() {
    for (const result of await postgresFrozen(stores, { frozenSeconds: number('FROZEN_SECONDS', 30) })) report(result)
    for (const result of await redisFrozen(stores)) report(result)
    const name = 'the libraries’ own time-outs'
    reportControl('R7', name, await without(name, (code) => postgresFrozen(stores, { frozenSeconds: 12, code })))
  },
  async limits() {
    for (const result of await limitsWithoutRedis(stores)) report(result)
    const name = 'waiting for Redis as long as it takes'
    reportControl('R7', name, await without(name, (code) => limitsWithoutRedis(stores, code)))
  },
  async hung() {
    for (const result of await serviceHung(stores)) report(result)
    const name = 'the breaker'
    reportControl('R8', name, await without(name, (code) => serviceHung(stores, code)))
  },
  async kills() {
    for (let seed = 1; seed <= number('SEEDS', 1); seed++)
      report(await killRun(stores, { seed, lessons: number('LESSONS', 2_000), seconds: number('SECONDS', 180) }))
    const name = 'publishing after the commit, without an inbox'
    reportControl('kill -9', name, [
      await without(name, (code) => killRun(stores, { seed: 1, lessons: 400, seconds: 40, code, settleMsMax: 15_000 })),
    ])
  },
  async bot() {
    // Only the bot is killed; the other services run in a test world.
    process.env.TEST_POSTGRES_URL = `postgres://postgres@127.0.0.1:${stores.ports.postgres}/postgres`
    process.env.TEST_AMQP_URL = `amqp://guest:guest@127.0.0.1:${stores.ports.rabbitmq}`
    process.env.TEST_REDIS_URL = `redis://127.0.0.1:${stores.ports.redis}`
    report(await botKills({ updates: number('UPDATES', 2_000), kills: number('KILLS', 50), chats: 8 }))
    const name = 'confirming updates before they are stored'
    reportControl('R11', name, [await without(name, (code) => botKills({ updates: 200, kills: 10, chats: 8, code, answerMs: 60_000 }))])
  },
  async telegram() {
    for (const result of await telegramUnreliable(stores, { seconds: number('TELEGRAM_SECONDS', 180) })) report(result)
    const name = 'marking messages that may have been sent'
    reportControl('R11', name, await without(name, (code) => telegramUnreliable(stores, { seconds: 30, code })))
  },
}
for (const [name, run] of Object.entries(parts)) {
  if (only && only !== name) continue
  print(`chaos   ${name}`)
  await run()
}
stores.end()
setExitCode()
process.exit()
