import type { Control } from './control.ts'

/** Guards of what is planned: prices, what may be changed in a lesson or a series, promises and sealed notes. */
export const planControls: Control[] = [
  {
    name: 'every currency has two digits after the point',
    file: 'packages/contracts/money.ts',
    find: 'digits.get(currency) ?? 2',
    replace: 'digits.get(currency) && 2 || 2',
    run: { test: 'packages/contracts/money.test.ts' },
    red: '1500 of the smallest unit of JPY',
  },
  {
    name: 'an amount of money is read by way of a fraction',
    file: 'packages/contracts/money.ts',
    find: "Number(whole + fraction.padEnd(size, '0'))",
    replace: 'Math.floor(Number(plain) * 10 ** size)',
    run: { test: 'bot/src/rules/add-lesson.test.ts' },
    red: 'take 19.99 for a price',
  },
  {
    name: 'a name may have nothing but characters that nobody sees',
    file: 'packages/contracts/text.ts',
    find: '.regex(isSeen,',
    replace: '.regex(/^/u,',
    run: { test: 'packages/contracts/text.test.ts' },
    red: 'is not only characters that nobody sees',
  },
  {
    name: 'a name may have several lines',
    file: 'packages/contracts/text.ts',
    find: '.regex(isOneLine,',
    replace: '.regex(/^/u,',
    run: { test: 'packages/contracts/text.test.ts' },
    red: 'is one line without control characters',
  },
  {
    name: 'an offset from UTC passes for a time zone',
    file: 'packages/contracts/person-card.ts',
    find: '/^[+-]/.test(name)',
    replace: "name === ''",
    run: { test: 'packages/contracts/text.test.ts', only: 'time zone' },
    red: 'never knows summer time',
  },
  {
    name: 'a time zone is kept as it was written',
    file: 'packages/contracts/person-card.ts',
    find: 'zoneNamed(text) ?? text',
    replace: 'text',
    run: { test: 'packages/contracts/text.test.ts', only: 'time zone' },
    red: 'under one name',
  },
  {
    name: 'a lesson is changed from an older version of it',
    file: 'services/lesson/src/rules/change-lesson.ts',
    find: 'if (lesson.version !== version)',
    replace: 'if (version < 1)',
    run: { test: 'services/lesson/test/change-lesson.test.ts', only: 'older version' },
    red: 'The call was not refused',
  },
  {
    name: 'a lesson is changed to have a student out of reach',
    file: 'services/lesson/src/flows/check-plan.ts',
    find: 'newcomers.includes(userId)',
    replace: 'before.some((seat) => seat.studentId === userId)',
    run: { test: 'services/lesson/test/change-lesson.test.ts', only: 'students of the caller alone' },
    red: 'AssertionError',
  },
]
