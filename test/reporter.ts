import type { MochaOptions, Runner } from 'mocha'
import mocha from 'mocha'

/** Mocha's own spec report, then one plain line of real counts that people and CI read alike. */
function reporter(runner: Runner, options: MochaOptions): void {
  new mocha.reporters.Spec(runner, options)
  runner.once('end', () => {
    const { passes = 0, failures = 0, pending = 0 } = runner.stats ?? {}
    console.log(`${passes} passed, ${failures} failed${pending > 0 ? `, ${pending} skipped` : ''}`)
  })
}

// Mocha loads reporters by require().
export { reporter as 'module.exports' }
