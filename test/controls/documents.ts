import type { Control } from './control.ts'

/** Guards of the documents. */
export const documentControls: Control[] = [
  {
    name: 'an excerpt in CONTRIBUTING.md differs from the code',
    file: 'services/lesson/src/store/lessons.ts',
    find: 'const before = await lockLesson(tx, caller, { id, seal })',
    replace: 'const before = await lockLesson(tx, caller, { id, seal, no: 1 })',
    run: { test: 'test/docs.test.ts', only: 'quotes code correctly' },
    red: 'lockLesson',
  },
]
