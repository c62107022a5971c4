import { startOrSay } from '@repitbot/kit/config'
import { issueFirstLink } from '@repitbot/user/first-link'
import { userHouse } from '@repitbot/user/house'
import { openInside } from './inside.ts'
import { say } from './screen.ts'

/** Prints the one-time address of the page that makes the first school; run where the user house's environment is. */
await startOrSay('first-link', async () => {
  const { inside, close } = await openInside(userHouse)
  const link = await issueFirstLink(inside)
  say(link ?? 'There is a school already: its admin invites everybody else')
  await close()
})
