import { randomUUIDv7 } from 'node:crypto'
import { ConfigFault, startProcess } from '@repitbot/kit/config'
import { withContext } from '@repitbot/kit/context'
import type { Service } from '@repitbot/kit/service'
import { openDeps } from './deps.ts'
import { say } from './screen.ts'
import { services } from './services.ts'

/** `npm run republish user` puts what a service knows into its outbox once more; the running service carries it to the others. */
await startProcess('republish', async () => {
  const name = process.argv[2] ?? ''
  const service = (services as unknown as Record<string, Service<unknown> | undefined>)[name]
  const republish = service?.republish
  if (!republish) throw new ConfigFault(`${name || 'Nothing'} cannot be said again; say: npm run republish user`)
  const { deps, close } = await openDeps(service, {
    JWT_SECRET_KEY: 'nothing is signed by this command',
    SERVICE_SECRET: 'and nothing is sealed',
  })
  say(`${name}: ${await withContext({ correlationId: randomUUIDv7() }, () => republish(deps))} said again`)
  await close()
})
