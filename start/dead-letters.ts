import { ConfigFault, startOrSay } from '@repitbot/kit/config'
import { listDeadLetters, replayDeadLetters } from '@repitbot/kit/dead-letters'
import { connectionOptions } from '@repitbot/kit/pool'
import pg from 'pg'
import { addressOf } from './address.ts'
import { say } from './screen.ts'
import { services } from './services.ts'

/** `npm run dead-letters` lists the events that services gave up on; `-- student` only that service's, `-- student replay [id ...]` tries them again. */
await startOrSay('dead-letters', async () => {
  const [only, verb, ...ids] = process.argv.slice(2)
  const names = Object.keys(services)
  if (only && !names.includes(only)) throw new ConfigFault(`${only} is no service; one of ${names.join(', ')}`)
  if (verb && verb !== 'replay') throw new ConfigFault(`${verb} is no verb here; say: npm run dead-letters -- ${only} replay`)
  for (const service of only ? [only] : names) {
    const pool = new pg.Pool({ ...connectionOptions(await addressOf(service), service), max: 1 })
    try {
      if (verb) say(`${service}: ${await replayDeadLetters(pool, ids.length ? ids : undefined)} to be tried again`)
      else await listed(service, pool)
    } finally {
      await pool.end()
    }
  }
})

async function listed(service: string, pool: pg.Pool) {
  const dead = await listDeadLetters(pool)
  say(`${service}: ${dead.length} dead letters`)
  for (const { eventId, name, deadAt, attempts, error, body } of dead)
    say(`  ${eventId} ${name} ${deadAt} after ${attempts} attempts: ${error}\n    ${body}`)
}
