import type { Control } from './control.ts'

/** Guards of who is in a school, who teaches whom, and of the pages about them. */
export const peopleControls: Control[] = [
  {
    name: 'an admin who does not teach is linked as a tutor',
    file: 'services/user/src/rules/link.ts',
    find: 'tutor: givesLessons, payer',
    replace: "tutor: ({ role }) => role === 'tutor' || role === 'admin', payer",
    run: { test: 'services/user/src/rules/link.test.ts' },
    red: 'fits a student and the role of the other person',
  },
  {
    name: 'an admin who stops teaching keeps the students',
    file: 'services/user/src/rules/change-member.ts',
    find: 'givesLessons(before) ? givesLessons(after) : before.role === after.role',
    replace: 'before.role === after.role',
    run: { test: 'services/user/test/teaching.test.ts', only: 'stops teaching' },
    red: 'AssertionError',
  },
  {
    name: 'a student whom a teaching admin adds has no tutor',
    file: 'services/user/src/flows/add-person.ts',
    find: '(request.tutorIds ?? (await ownTutor(store, caller)))',
    replace: 'request.tutorIds',
    run: { test: 'services/user/test/teaching.test.ts', only: 'whom they add' },
    red: 'AssertionError',
  },
  {
    name: 'a lesson is planned with anybody as its tutor',
    file: 'services/lesson/src/rules/plan.ts',
    find: 'if (!fits[role](person))',
    replace: 'if (!person)',
    run: { test: 'services/lesson/test/teaching-admin.test.ts', only: 'is a tutor for no plan' },
    red: 'was not refused',
  },
  {
    name: 'a school without a student offers no way to add one where lessons are planned',
    file: 'web/src/lessons/plan/plan-lesson.tsx',
    find: "<Button onClick={() => setAdding(true)}>{t('addStudent')}</Button>",
    replace: '',
    run: { test: 'web/test/first-day.test.ts', only: 'goes from the first form' },
    red: 'Timeout',
  },
  {
    name: 'an admin who teaches is led as an admin who does not',
    file: 'web/src/frame/nav.ts',
    find: "(givesLessons(card) ? 'tutor' : card.role)",
    replace: 'card.role',
    run: { test: 'web/test/first-day.test.ts', only: 'map, and the school under More' },
    red: 'Timeout',
  },
  {
    name: 'an installation without a bot links to a bot of somebody else',
    file: 'services/user/src/config.ts',
    find: '    .max(500)\n    .optional()',
    replace: "    .max(500)\n    .default('https://t.me/repitbot')",
    run: { test: 'services/user/test/no-bot.test.ts' },
    red: 'AssertionError',
  },
  {
    name: 'a page without a bot offers to sign in by Telegram',
    file: 'web/src/enter/sign-in.tsx',
    find: '{offered?.telegram && (',
    replace: '{offered && (',
    run: { test: 'web/test/first-day.test.ts' },
    red: 'AssertionError',
  },
]
