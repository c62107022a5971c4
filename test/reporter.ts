import { appendFileSync } from 'node:fs'
import { relative } from 'node:path'
import type { MochaOptions, Runner } from 'mocha'
import mocha from 'mocha'

/** Mocha's own spec report, then one line with the counts, for people and for CI; test/run.ts adds up those of its passes, and names what failed in the end. */
function reporter(runner: Runner, options: MochaOptions): void {
  new mocha.reporters.Spec(runner, options)
  const failures: string[] = []
  runner.on('fail', (test) => failures.push(`${relative(process.cwd(), test.file ?? '')}: ${test.fullTitle()}`))
  const count = () => {
    const { passes = 0, failures: failed = 0, pending = 0 } = runner.stats ?? {}
    const { TEST_COUNTS: file } = process.env
    if (file) appendFileSync(file, `${JSON.stringify({ passed: passes, failed, skipped: pending, failures })}\n`)
    console.log(`${passes} passed, ${failed} failed${pending > 0 ? `, ${pending} skipped` : ''}`)
  }
  // In parallel runs a file whose process died may be reported after the end.
  runner.once('end', () => process.once('exit', count))
}

// Mocha loads reporters by require().
export { reporter as 'module.exports' }
