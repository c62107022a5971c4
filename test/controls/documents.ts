import type { Control } from './control.ts'

/** What the documents say is so. */
export const documentControls: Control[] = [
  {
    name: 'an excerpt in CONTRIBUTING.md is not the code any more',
    file: 'services/lesson/src/store/lessons.ts',
    find: 'const before = await lockLesson(tx, caller, id)',
    replace: 'const before = await lockLesson(tx, caller, id, 1)',
    run: { test: 'test/docs.test.ts', only: 'shows code as it is' },
    red: 'lockLesson',
  },
]
