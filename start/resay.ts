import { randomUUIDv7 } from 'node:crypto'
import { ConfigFault, startOrSay } from '@repitbot/kit/config'
import { withContext } from '@repitbot/kit/context'
import type { House } from '@repitbot/kit/house'
import { houses } from './houses.ts'
import { openInside } from './inside.ts'
import { say } from './screen.ts'

/** `npm run resay user` puts what a house knows into its outbox once more; the running house carries it to the others. */
await startOrSay('resay', async () => {
  const name = process.argv[2] ?? ''
  const house = (houses as unknown as Record<string, House<unknown> | undefined>)[name]
  const resay = house?.resay
  if (!resay) throw new ConfigFault(`${name || 'Nothing'} cannot be said again; say: npm run resay user`)
  const { inside, close } = await openInside(house, {
    JWT_SECRET_KEY: 'nothing is signed by this command',
    HOUSE_SECRET: 'and nothing is sealed',
  })
  say(`${name}: ${await withContext({ correlationId: randomUUIDv7() }, () => resay(inside))} said again`)
  await close()
})
