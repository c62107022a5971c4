import type { MochaOptions, Runner } from 'mocha'
import mocha from 'mocha'

/** Mocha's own spec report, then one line with the counts, for people and for CI. */
function reporter(runner: Runner, options: MochaOptions): void {
  new mocha.reporters.Spec(runner, options)
  const count = () => {
    const { passes = 0, failures = 0, pending = 0 } = runner.stats ?? {}
    console.log(`${passes} passed, ${failures} failed${pending > 0 ? `, ${pending} skipped` : ''}`)
  }
  // In parallel runs a file whose process died may be reported after the end.
  runner.once('end', () => process.once('exit', count))
}

// Mocha loads reporters by require().
export { reporter as 'module.exports' }
