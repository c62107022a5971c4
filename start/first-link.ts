import { startOrSay } from '@repitbot/kit/config'
import { issueFirstLink } from '@repitbot/user/first-link'
import { userService } from '@repitbot/user/service'
import { openInside } from './inside.ts'
import { say } from './screen.ts'

/** Prints the one-time address of the page that makes the first school; run where the user service's environment is. */
await startOrSay('first-link', async () => {
  const { inside, close } = await openInside(userService)
  const link = await issueFirstLink(inside)
  say(link ?? 'There is a school already: its admin invites everybody else')
  await close()
})
