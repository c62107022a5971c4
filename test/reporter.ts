import { appendFileSync } from 'node:fs'
import { relative } from 'node:path'
import type { Hook, MochaOptions, Runner, Test } from 'mocha'
import mocha from 'mocha'
import { root } from './sources.ts'

/** What one run of mocha writes for test/run.ts, as a line of JSON. */
export type Counts = { passed: number; failed: number; skipped: number; failures: string[]; msOf: Record<string, number> }

/** Mocha's own spec report, then one line with the counts, for people and for CI; test/run.ts adds up those of its passes, and names what failed in the end. */
function reporter(runner: Runner, options: MochaOptions): void {
  new mocha.reporters.Spec(runner, options)
  const failures: string[] = []
  runner.on('fail', (test) => failures.push(`${relative(root, test.file ?? '')}: ${test.fullTitle()}`))
  const msOf: Record<string, number> = {}
  const addTime = ({ file, duration = 0 }: Test | Hook) => {
    const name = file ? relative(root, file) : 'hooks of all files'
    msOf[name] = (msOf[name] ?? 0) + duration
  }
  runner.on('test end', addTime).on('hook end', addTime)
  const count = () => {
    const { passes = 0, failures: failed = 0, pending = 0 } = runner.stats ?? {}
    const { TEST_COUNTS: file } = process.env
    if (file) appendFileSync(file, `${JSON.stringify({ passed: passes, failed, skipped: pending, failures, msOf } satisfies Counts)}\n`)
    console.log(`${passes} passed, ${failed} failed${pending > 0 ? `, ${pending} skipped` : ''}`)
  }
  // In parallel runs a file whose process died may be reported after the end.
  runner.once('end', () => process.once('exit', count))
}

// Mocha loads reporters by require().
export { reporter as 'module.exports' }
