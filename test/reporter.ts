import { appendFileSync } from 'node:fs'
import type { MochaOptions, Runner } from 'mocha'
import mocha from 'mocha'

/** Mocha's own spec report, then one line with the counts, for people and for CI; test/run.ts adds up those of its passes. */
function reporter(runner: Runner, options: MochaOptions): void {
  new mocha.reporters.Spec(runner, options)
  const count = () => {
    const { passes = 0, failures = 0, pending = 0 } = runner.stats ?? {}
    const { TEST_COUNTS: file } = process.env
    if (file) appendFileSync(file, `${JSON.stringify({ passed: passes, failed: failures, skipped: pending })}\n`)
    console.log(`${passes} passed, ${failures} failed${pending > 0 ? `, ${pending} skipped` : ''}`)
  }
  // In parallel runs a file whose process died may be reported after the end.
  runner.once('end', () => process.once('exit', count))
}

// Mocha loads reporters by require().
export { reporter as 'module.exports' }
