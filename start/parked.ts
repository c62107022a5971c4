import { ConfigFault, startOrSay } from '@repitbot/kit/config'
import { addressed } from '@repitbot/kit/database'
import { listParked, replayParked } from '@repitbot/kit/parked'
import pg from 'pg'
import { addressOf } from './address.ts'
import { say } from './screen.ts'
import { services } from './services.ts'

/** `npm run parked` lists the events that services gave up on; `-- student` only that service's, `-- student replay [id ...]` tries them again. */
await startOrSay('parked', async () => {
  const [only, verb, ...ids] = process.argv.slice(2)
  const names = Object.keys(services)
  if (only && !names.includes(only)) throw new ConfigFault(`${only} is no service; one of ${names.join(', ')}`)
  if (verb && verb !== 'replay') throw new ConfigFault(`${verb} is no verb here; say: npm run parked -- ${only} replay`)
  for (const service of only ? [only] : names) {
    const pool = new pg.Pool({ ...addressed(await addressOf(service), service), max: 1 })
    try {
      if (verb) say(`${service}: ${await replayParked(pool, ids.length ? ids : undefined)} to be tried again`)
      else await listed(service, pool)
    } finally {
      await pool.end()
    }
  }
})

async function listed(service: string, pool: pg.Pool) {
  const parked = await listParked(pool)
  say(`${service}: ${parked.length} parked`)
  for (const { eventId, name, parkedAt, attempts, error, body } of parked)
    say(`  ${eventId} ${name} ${parkedAt} after ${attempts} attempts: ${error}\n    ${body}`)
}
