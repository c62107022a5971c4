import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensurePage } from '../start/page.ts'
import type { Counts } from './reporter.ts'
import { root } from './sources.ts'
import { close, environmentOf, stores } from './stores.ts'
import { testFiles } from './test-files.ts'

// `make test`: every test file once, on one set of stores, and the sum of both passes as the last line.

const { early, late } = testFiles()
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
