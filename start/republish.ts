import { randomUUIDv7 } from 'node:crypto'
import { ConfigFault, startProcess } from '@repitbot/kit/config'
import { withContext } from '@repitbot/kit/context'
import type { Service } from '@repitbot/kit/service'
import { openDeps } from './deps.ts'
import { print } from './screen.ts'
import { services } from './services.ts'

/** `npm run republish user` puts events with the current state of the service's records into its outbox; the running service sends them to the others. */
await startProcess('republish', async () => {
  const name = process.argv[2] ?? ''
  const service = (services as unknown as Record<string, Service<unknown> | undefined>)[name]
  const republish = service?.republish
  if (!republish) throw new ConfigFault(`${name || 'Nothing'} cannot be republished; use: npm run republish user`)
  const { deps, close } = await openDeps(service, {
    JWT_SECRET_KEY: 'nothing is signed by this command',
    SERVICE_SECRET: 'and nothing is sealed',
  })
  print(`${name}: ${await withContext({ correlationId: randomUUIDv7() }, () => republish(deps))} republished`)
  await close()
})
