import type { Control } from './control.ts'

/** Guards of signing in. */
export const signInControls: Control[] = [
  {
    name: 'what must outlive a refusal joins a transaction that may be rolled back',
    file: 'packages/kit/database.ts',
    find: "if (alone) throw new Error('What",
    replace: "if (!alone) throw new Error('What",
    run: { test: 'packages/kit/testing/transaction.test.ts', only: 'outlive its refusal' },
    red: 'AssertionError',
  },
  {
    name: 'a password is checked inside the transaction of the Idempotency-Key',
    file: 'packages/kit/mount.ts',
    find: 'return { prepare, work:',
    replace: 'return { work:',
    run: { test: 'services/user/test/guesses.test.ts', only: 'an Idempotency-Key of its own' },
    red: 'internal',
  },
  {
    name: 'a person is shown what a request says of its browser',
    file: 'packages/contracts/browser-name.ts',
    find: "  return browser && [browser, nameIn(systems)].filter(Boolean).join(', ')",
    replace: "  return [browser, nameIn(systems)].filter(Boolean).join(', ') || userAgent",
    run: { test: 'packages/contracts/browser-name.test.ts' },
    red: 'no word that its sender chose',
  },
]
