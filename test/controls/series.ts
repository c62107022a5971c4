import type { Control } from './control.ts'

const one = (only: string) => ({ test: 'services/lesson/test/series-one-lesson.test.ts', only })

/** Guards of one lesson of a series that is changed alone. */
export const seriesControls: Control[] = [
  {
    name: 'one lesson of a series cannot be about something else',
    file: 'packages/contracts/series.ts',
    find: "({ scope, weekdays, interval, until }) => scope !== 'this' || [weekdays, interval, until].every(",
    replace: "({ scope, weekdays, interval, subject }) => scope !== 'this' || [weekdays, interval, subject].every(",
    run: one('in its subject, its price'),
    red: 'invalid_input',
  },
  {
    name: 'one lesson of a series takes the rule of all',
    file: 'packages/contracts/series.ts',
    find: '[weekdays, interval, until].every(',
    replace: '[interval, until].every(',
    run: one('not in what the series alone has'),
    red: 'The call was not refused',
  },
  {
    name: 'one lesson of a series is changed with a stranger in it',
    file: 'services/lesson/src/flows/change-series.ts',
    find: 'await people(newcomersIn(before, students))',
    replace:
      "new Map(newcomersIn(before, students).map((userId) => [userId, { userId, role: 'student', name: '', zone: '', active: true }]))",
    run: one('not in what the series alone has'),
    red: 'The call was not refused',
  },
  {
    name: 'one lesson of a series is changed into two seats of an individual lesson',
    file: 'services/lesson/src/flows/change-series.ts',
    find: '  checkSeatCount({ type, students: seats ?? before })\n',
    replace: '',
    run: one('not in what the series alone has'),
    red: 'The call was not refused',
  },
  {
    name: 'a lesson of a series that is moved and changed is said twice',
    file: 'services/lesson/src/rules/move-and-change.ts',
    find: 'version: lesson.version + 1 }',
    replace: 'version: lesson.version + 2 }',
    run: one('together with its time'),
    red: 'AssertionError',
  },
  {
    name: 'a move does not say what else has changed',
    file: 'services/lesson/src/rules/change-series.ts',
    find: 'Object.keys(fields).length ? lesson : undefined',
    replace: 'undefined',
    run: one('a later change of all of it'),
    red: 'AssertionError',
  },
  {
    name: 'a parent hears of a move and not of the new price',
    file: 'services/notification/src/rules/notices/lesson.ts',
    find: ", 'lesson.moved': afterPriceChanged",
    replace: '',
    run: { test: 'services/notification/test/lesson-notices.test.ts', only: 'moved and changed at once' },
    red: 'AssertionError',
  },
]
