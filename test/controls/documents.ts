import type { Control } from './control.ts'

/** Guards of the documents. */
export const documentControls: Control[] = [
  {
    name: 'a free port is one that a connection may take before it is used',
    file: 'start/processes.ts',
    find: 'randomInt(10_000, 32_000)',
    replace: '0',
    run: { test: 'start/test/processes.test.ts', only: 'below those that the system gives' },
    red: 'AssertionError',
  },
  {
    name: 'an excerpt in CONTRIBUTING.md differs from the code',
    file: 'services/lesson/src/store/lessons.ts',
    find: 'const before = await lockLesson(tx, caller, { id, seal })',
    replace: 'const before = await lockLesson(tx, caller, { id, seal, no: 1 })',
    run: { test: 'test/docs.test.ts', only: 'quotes code correctly' },
    red: 'lockLesson',
  },
]
