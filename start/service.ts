import { existsSync } from 'node:fs'
import { serviceNames } from '@repitbot/contracts/services'
import { ConfigFault, startProcess } from '@repitbot/kit/config'

/** `npm run service lesson` runs one service (or the gateway) in a process of its own, with the stores that the environment names; `-- lesson migrate` brings its schema up to date. */
await startProcess('service', async () => {
  const [name = ''] = process.argv.splice(2, 1)
  const main = new URL(name === 'gateway' ? '../gateway/src/main.ts' : `../services/${name}/src/main.ts`, import.meta.url)
  if (!/^[a-z]+$/.test(name) || !existsSync(main))
    throw new ConfigFault(`${name || 'Nothing'} is not a service; one of ${[...serviceNames, 'gateway'].join(', ')}`)
  await import(main.href)
})
