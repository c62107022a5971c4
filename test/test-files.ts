import { globSync } from 'node:fs'
import { root } from './sources.ts'

// Which test files `make test` runs, and in which order.

/** The longest first, so that no long file is left alone at the end. */
const longest = ['web/test/pages*.test.ts', 'web/test/{week,lessons,plans}.test.ts']
/** Those that wait for other processes stand beside those that compute. */
const folders = [
  'web/test',
  'test/journeys',
  'start',
  'test/contract',
  'test/chart',
  'services',
  'test',
  'bot',
  'gateway',
  'operator',
  'packages',
]
/** These measure time, or wait for a time to pass, so they run after the others, on a machine that has nothing else to do. */
const timed = [
  'gateway/test/{breaker,instances,limiter,slow-bodies}.test.ts',
  'start/test/start.test.ts',
  'operator/test/election.test.ts',
  'packages/kit/testing/{jobs,bad-messages}.test.ts',
  'test/journeys/{bot-kills,stop,telegram-outages}.test.ts',
]
/** These need a cluster: `make e2e` runs them. */
const ofCluster = 'test/e2e/**'

const filesOf = (pattern: string) => {
  const found = globSync(pattern, { cwd: root, exclude: ['**/node_modules/**', ofCluster] }).sort()
  if (!found.length) throw new Error(`test/test-files.ts names ${pattern}, and there is no such file`)
  return found
}

export function testFiles(): { early: string[]; late: string[] } {
  const late = timed.flatMap(filesOf)
  const ordered = [...longest, ...folders.map((folder) => `${folder}/**/*.test.ts`)].flatMap(filesOf)
  return { early: [...new Set(ordered)].filter((file) => !late.includes(file)), late }
}
