import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ownerAddress, rolePassword, storeUrls } from '@repitbot/kit/testing/stores'
import { botSecret, serviceSecret } from '@repitbot/kit/testing/world'
import { freePorts } from '../../start/processes.ts'
import type { Platform } from '../platform.ts'
import { root } from '../sources.ts'

const readyMsMax = 60_000

/** The bot in a process of its own, as in a pod, on the stores of a platform; `code` may be a changed copy of the repository. */
export async function openBotProcess(platform: Platform, telegram: { url: string; token: string }, code = root) {
  const { world, gateway } = platform
  const { amqp, redis } = storeUrls()
  const [{ host, port: postgresPort }, broker, cache] = [ownerAddress(world.name), new URL(amqp), new URL(redis)]
  const [port] = await freePorts(1)
  const env = {
    PATH: process.env.PATH,
    ENVIRONMENT: 'test',
    LOG_LEVEL: process.env.TEST_LOG ?? 'silent',
    HOST: '127.0.0.1',
    PORT: `${port}`,
    POSTGRES_HOST: host,
    POSTGRES_PORT: `${postgresPort}`,
    POSTGRES_DB: world.name,
    POSTGRES_PASSWORD: rolePassword,
    RABBITMQ_HOST: broker.hostname,
    RABBITMQ_PORT: broker.port,
    RABBITMQ_EXCHANGE: world.name,
    RABBITMQ_DEFAULT_USER: broker.username,
    RABBITMQ_DEFAULT_PASS: broker.password,
    REDIS_HOST: cache.hostname,
    REDIS_PORT: cache.port,
    UPSTREAM_USER: world.url('user'),
    SERVICE_SECRET: serviceSecret,
    BOT_TOKEN: telegram.token,
    TELEGRAM_API_URL: telegram.url,
    GATEWAY_URL: gateway.url,
    BOT_SECRET: botSecret,
  }
  let child: ChildProcess | undefined
  const end = () => child?.kill('SIGKILL')
  process.once('exit', end)
  return {
    async start() {
      child = spawn(process.execPath, ['bot/src/main.ts'], { cwd: code, env, stdio: ['ignore', 'inherit', 'inherit'] })
      for (const until = Date.now() + readyMsMax; Date.now() < until; await sleep(20)) {
        const answer = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => undefined)
        if (answer?.ok) return
      }
      throw new Error(`The bot in ${join(code, 'bot')} was not ready in ${readyMsMax / 1000} s`)
    },
    /** Kills the bot at once, like a lost node: it finishes nothing. */
    async kill() {
      if (!child || child.exitCode !== null || child.signalCode !== null) return
      const gone = once(child, 'exit')
      end()
      await gone
    },
  }
}
