import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePorts } from '../../start/processes.ts'
import { layPostgres, runPostgres } from '../stores/postgres.ts'
import { kill, processesIn } from '../stores/process.ts'
import { layRabbit, runRabbit } from '../stores/rabbitmq.ts'
import { runRedis } from '../stores/redis.ts'

export type StoreName = 'postgres' | 'rabbitmq' | 'redis'
/** Stores that may be killed and frozen, apart from those that tests share. */
export type OwnStores = {
  ports: Record<StoreName, number>
  /** Starts a killed store again on its data and port. */
  start(name: StoreName): Promise<void>
  /** Ends a store at once, as a crash does, and waits until nothing of it is left. */
  crash(name: StoreName): Promise<void>
  /** Asks Postgres to drop everything and leave without a checkpoint, as `pg_ctl stop -m immediate` does. */
  abort(): Promise<void>
  /** Every process of a store. */
  pids(name: StoreName): number[]
  freeze(name: StoreName): void
  thaw(name: StoreName): void
  /** Returns at once; also from an exit handler. */
  end(): void
}

export async function openOwnStores(): Promise<OwnStores> {
  const dir = mkdtempSync(join(tmpdir(), 'repitbot-chaos-'))
  chmodSync(dir, 0o755)
  const [postgres, rabbitmq, redis, distribution, epmd] = (await freePorts(5)) as [number, number, number, number, number]
  const rabbit = { amqp: rabbitmq, distribution, epmd }
  const main: Record<StoreName, number> = { postgres: 0, rabbitmq: 0, redis: 0 }
  const run = {
    postgres: () => runPostgres(dir, postgres),
    rabbitmq: () => runRabbit(dir, rabbit),
    redis: () => runRedis(dir, redis),
  }
  const of = (name: StoreName) => processesIn(join(dir, name))
  const gone = async (name: StoreName) => {
    for (let waited = 0; isListed(main[name]) || (name === 'postgres' && of(name).length > 0); waited++) {
      if (waited === 200) for (const pid of of(name)) kill(pid, 'SIGKILL')
      await sleep(20)
    }
  }
  const stores: OwnStores = {
    ports: { postgres, rabbitmq, redis },
    async start(name) {
      main[name] = (await run[name]()).pids[0] ?? 0
    },
    async crash(name) {
      kill(main[name], 'SIGKILL')
      if (name === 'postgres') for (const pid of of(name)) kill(pid, 'SIGKILL')
      await gone(name)
    },
    async abort() {
      kill(main.postgres, 'SIGQUIT')
      await gone('postgres')
    },
    pids: of,
    freeze: (name) => {
      for (const pid of of(name)) kill(pid, 'SIGSTOP')
    },
    thaw: (name) => {
      for (const pid of of(name)) kill(pid, 'SIGCONT')
    },
    end: () => {
      for (const pid of processesIn(dir)) kill(pid, 'SIGKILL')
      rmSync(dir, { recursive: true, force: true })
    },
  }
  process.once('exit', stores.end)
  layRabbit(dir, rabbit)
  await layPostgres(dir)
  await Promise.all([stores.start('postgres'), stores.start('rabbitmq'), stores.start('redis')])
  return stores
}

/** Also a process that ended and was not reaped yet: Postgres would not start beside one. */
function isListed(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
