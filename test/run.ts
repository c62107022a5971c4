import { spawnSync } from 'node:child_process'
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensurePage } from '../start/page.ts'
import type { Counts } from './reporter.ts'
import { root } from './sources.ts'
import { close, environmentOf, stores } from './stores.ts'

// `make test`: every test file once, on one set of stores, and the sum of both passes as the last line.

/** The longest first, so that no long file is left alone at the end. */
const folders = [
  'web/test',
  'start',
  'test/contract',
  'test/journeys',
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
  'operator/test/election.test.ts',
  'packages/kit/testing/{jobs,bad-messages}.test.ts',
  'test/journeys/{bot-kills,stop,telegram-outages}.test.ts',
]

const filesOf = (pattern: string) => {
  const found = globSync(pattern, { cwd: root, exclude: ['**/node_modules/**', 'test/e2e/**'] }).sort()
  if (!found.length) throw new Error(`test/run.ts names ${pattern}, and there is no such file`)
  return found
}
const late = timed.flatMap(filesOf)
const early = [...new Set(folders.flatMap((folder) => filesOf(`${folder}/**/*.test.ts`)))].filter((file) => !late.includes(file))

const dir = mkdtempSync(join(tmpdir(), 'repitbot-counts-'))
const counts = join(dir, 'counts')
const opened = await stores()
try {
  await ensurePage()
  const env = { ...process.env, ...environmentOf(opened), TEST_COUNTS: counts }
  const jobs = `${Math.max(2, availableParallelism())}`
  const passes = [early, late].map((files) =>
    spawnSync('mocha', ['--parallel', '--jobs', jobs, ...files], { cwd: root, env, stdio: 'inherit' }),
  )
  process.exitCode = passes.every(({ status }) => status === 0) ? 0 : 1
} finally {
  await close(opened)
}
const runs = (existsSync(counts) ? readFileSync(counts, 'utf8').trim().split('\n') : []).map((line) => JSON.parse(line) as Counts)
rmSync(dir, { recursive: true })
const slowest = runs.flatMap(({ msOf }) => Object.entries(msOf)).sort(([, a], [, b]) => b - a)
console.log(`The slowest of ${early.length + late.length} files, in seconds of their tests and hooks:`)
for (const [file, ms] of slowest.slice(0, 15)) console.log(`${(ms / 1000).toFixed(0).padStart(5)}  ${file}`)
for (const failure of runs.flatMap(({ failures }) => failures)) console.log(`Failed: ${failure}`)
const sum = (name: 'passed' | 'failed' | 'skipped') => runs.reduce((total, run) => total + run[name], 0)
// A pass whose process died wrote no line.
const failed = sum('failed') + (2 - runs.length)
console.log(`${sum('passed')} passed, ${failed} failed${sum('skipped') ? `, ${sum('skipped')} skipped` : ''}`)
