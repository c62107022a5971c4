import { randomUUIDv7 } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { authApi } from '@repitbot/contracts/auth'
import { client, Refused } from '@repitbot/contracts/client'
import { ConfigFault, environment, startProcess } from '@repitbot/kit/config'
import { withContext } from '@repitbot/kit/context'
import { openDatabase } from '@repitbot/kit/database'
import { addressOf } from './address.ts'
import { print, step } from './screen.ts'
import { services } from './services.ts'

const waitMsMax = 60_000
/** The id of no school and no person, so that an event about it has no effect. */
const nobody = '00000000-0000-7000-8000-000000000000'
const gateway = environment.UPSTREAM_GATEWAY ?? 'http://127.0.0.1:8000'

/** Run by `helm test`: checks health, signs a person in (or checks that a stranger is refused), and sends an event from one service to all. */
await startProcess('smoke', async () => {
  await step('Health: the gateway and every service behind it', checkHealth)
  await step(environment.SIGN_IN_EMAIL ? 'Sign-in, and out again' : 'Sign-in: a stranger is refused', signIn)
  await step('Event: published by one service, received by all', eventRoundTrip)
  print('It works')
})

async function checkHealth() {
  await waitFor('/health did not answer "up"', async () => {
    const answer = await fetch(`${gateway}/health`).catch(() => undefined)
    return answer?.ok === true && ((await answer.json()) as { status: string }).status === 'up'
  })
}

async function signIn() {
  const { SIGN_IN_EMAIL: email = `${randomUUIDv7()}@nobody.test`, SIGN_IN_PASSWORD: password = 'nobody-has-this-password' } = environment
  let token = ''
  const auth = client(authApi, { origin: gateway, token: () => token })
  try {
    token = (await auth.login({ email, password })).accessToken
    await auth.me({})
    await auth.logout({})
  } catch (error) {
    const isRefused = error instanceof Refused && [401, 429].includes(error.problem.status)
    if (environment.SIGN_IN_EMAIL || !isRefused) throw new ConfigFault(`SIGN_IN_EMAIL=${email}: ${String(error)}`)
  }
}

async function eventRoundTrip() {
  const eventId = await inService('user', async (database) => {
    const body = { holderId: nobody, overId: nobody, as: 'tutor' as const, version: 1 }
    const publish = () => database.transaction({ schoolId: nobody }, async (tx) => tx.publish({ name: 'reach.revoked', body }))
    await withContext({ correlationId: randomUUIDv7() }, publish)
    const { rows } = await database.pool.query<{ id: string }>('select id from outbox where school_id = $1 order by seq desc limit 1', [
      nobody,
    ])
    return rows[0]?.id
  })
  for (const service of Object.keys(services))
    await inService(service, ({ pool }) =>
      waitFor(
        `${service} did not receive the event`,
        async () => !!(await pool.query('select from inbox where event_id = $1', [eventId])).rowCount,
      ),
    )
}

async function inService<T>(service: string, work: (database: ReturnType<typeof openDatabase>) => Promise<T>): Promise<T> {
  const database = openDatabase(service, await addressOf(service), 1)
  return work(database).finally(() => void database.close())
}

async function waitFor(otherwise: string, isDone: () => Promise<boolean>): Promise<void> {
  for (const begun = Date.now(); !(await isDone()); await sleep(200))
    if (Date.now() - begun > waitMsMax) throw new ConfigFault(`${otherwise} in ${waitMsMax / 1000} s`)
}
