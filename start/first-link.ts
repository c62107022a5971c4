import { startProcess } from '@repitbot/kit/config'
import { issueFirstLink } from '@repitbot/user/first-link'
import { userService } from '@repitbot/user/service'
import { openDeps } from './deps.ts'
import { print } from './screen.ts'

/** Prints the one-time address of the page that makes the first school. Needs the environment of the user service. */
await startProcess('first-link', async () => {
  const { deps, close } = await openDeps(userService)
  const link = await issueFirstLink(deps)
  print(link ?? 'There is a school already: its admin invites everybody else')
  await close()
})
