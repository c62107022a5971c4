import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'chai'
import { freePorts } from '../../start/processes.ts'
import { root } from '../sources.ts'

describe('a service that waits for its schema', () => {
  it('ends at once on SIGTERM', async () => {
    const [port, nobody] = await freePorts(2)
    const stores = Object.fromEntries(['POSTGRES', 'RABBITMQ', 'REDIS'].map((store) => [`${store}_PORT`, `${nobody}`]))
    const config = {
      HOST: '127.0.0.1',
      PORT: `${port}`,
      LOG_LEVEL: 'silent',
      POSTGRES_PASSWORD: 'throw-away',
      SERVICE_SECRET: 'a-service-secret-of-the-stop',
    }
    const child = spawn(process.execPath, ['services/lesson/src/main.ts'], {
      cwd: root,
      env: { PATH: process.env.PATH, ENVIRONMENT: 'production', ...stores, ...config },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    const ended = once(child, 'exit')
    while (!(await fetch(`http://127.0.0.1:${port}/health/live`).catch(() => undefined))?.ok) await sleep(20)
    child.kill('SIGTERM')
    const exit = await Promise.race([ended, sleep(3_000, ['never'], { ref: false })])
    child.kill('SIGKILL')
    expect(exit).to.deep.equal([0, null])
  })
})
