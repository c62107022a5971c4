import { randomUUIDv7 } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { authApi } from '@repitbot/contracts/auth'
import { client, Refused } from '@repitbot/contracts/client'
import { ConfigFault, environment, startProcess } from '@repitbot/kit/config'
import { withContext } from '@repitbot/kit/context'
import { openDatabase } from '@repitbot/kit/database'
import { addressOf } from './address.ts'
import { say, step } from './screen.ts'
import { services } from './services.ts'

const patienceMs = 60_000
/** A school and a person that nobody is: what is said of them has no effect anywhere. */
const nobody = '00000000-0000-7000-8000-000000000000'
const gateway = environment.UPSTREAM_GATEWAY ?? 'http://127.0.0.1:8000'

/** `helm test`: the platform is well, somebody is signed in (or a stranger refused), and an event goes from one service to all. */
await startProcess('smoke', async () => {
  await step('Health: the gateway and every service behind it', wellKnown)
  await step(environment.SIGN_IN_EMAIL ? 'Sign-in, and out again' : 'Sign-in: a stranger is refused', signIn)
  await step('Event: said by one service, heard by all', eventRoundTrip)
  say('It works')
})

async function wellKnown() {
  await until('/health never said up', async () => {
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
  const said = await inService('user', async (database) => {
    const body = { holderId: nobody, overId: nobody, as: 'tutor' as const, version: 1 }
    const say = () => database.transaction({ schoolId: nobody }, async (tx) => tx.publish({ name: 'reach.revoked', body }))
    await withContext({ correlationId: randomUUIDv7() }, say)
    const { rows } = await database.pool.query<{ id: string }>('select id from outbox where school_id = $1 order by seq desc limit 1', [
      nobody,
    ])
    return rows[0]?.id
  })
  for (const service of Object.keys(services))
    await inService(service, ({ pool }) =>
      until(
        `${service} did not hear the event`,
        async () => !!(await pool.query('select from inbox where event_id = $1', [said])).rowCount,
      ),
    )
}

async function inService<T>(service: string, work: (database: ReturnType<typeof openDatabase>) => Promise<T>): Promise<T> {
  const database = openDatabase(service, await addressOf(service), 1)
  return work(database).finally(() => void database.close())
}

async function until(otherwise: string, isSo: () => Promise<boolean>): Promise<void> {
  for (const begun = Date.now(); !(await isSo()); await sleep(200))
    if (Date.now() - begun > patienceMs) throw new ConfigFault(`${otherwise} in ${patienceMs / 1000} s`)
}
