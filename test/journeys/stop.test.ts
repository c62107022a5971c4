import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'chai'
import { root } from '../sources.ts'
import { freePorts } from '../stores/process.ts'

describe('a service that is told to stop while it waits for its schema', () => {
  it('hears it and ends at once: nothing has begun', async () => {
    const [port, nobody] = await freePorts(2)
    const stores = Object.fromEntries(['POSTGRES', 'RABBITMQ', 'REDIS'].map((store) => [`${store}_PORT`, `${nobody}`]))
    const given = {
      HOST: '127.0.0.1',
      PORT: `${port}`,
      LOG_LEVEL: 'silent',
      POSTGRES_PASSWORD: 'throw-away',
      SERVICE_SECRET: 'a-service-secret-of-the-stop',
    }
    const child = spawn(process.execPath, ['services/lesson/src/main.ts'], {
      cwd: root,
      env: { PATH: process.env.PATH, ENVIRONMENT: 'production', ...stores, ...given },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    const ended = once(child, 'exit')
    while (!(await fetch(`http://127.0.0.1:${port}/health/live`).catch(() => undefined))?.ok) await sleep(20)
    child.kill('SIGTERM')
    const timely = await Promise.race([ended, sleep(3_000, ['never'], { ref: false })])
    child.kill('SIGKILL')
    expect(timely).to.deep.equal([0, null])
  })
})
