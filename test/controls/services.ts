import type { Control } from './control.ts'

/** Guards of the services. */
export const serviceControls: Control[] = [
  {
    name: 'a table with a school has no row-level security',
    file: 'services/lesson/migrations/0001-lessons.ts',
    find: `\${tenant('hold')}`,
    replace: '',
    run: { test: 'test/schemas.test.ts', only: 'row-level security on every table' },
    red: 'lesson.hold',
  },
  {
    name: 'the idempotency key is ignored',
    file: 'packages/kit/idempotency.ts',
    find: '    if (claimed.length) {',
    replace: "    if (claimed.length || key !== '') {",
    run: { test: 'services/lesson/test/booking.test.ts', only: 'under one Idempotency-Key' },
    red: 'double_booked',
  },
  {
    name: 'the database lets two lessons of one person overlap',
    file: 'services/lesson/migrations/0001-lessons.ts',
    find: '  primary key (lesson_id, person_id),\n  constraint hold_one_at_a_time exclude using gist (person_id with =, during with &&)\n',
    replace: '  primary key (lesson_id, person_id)\n',
    run: { test: 'services/lesson/test/booking.test.ts', only: 'of 200 plans' },
    red: 'AssertionError',
  },
  {
    name: 'a used refresh token is accepted again',
    file: 'services/user/src/rules/refresh.ts',
    find: "session.agent !== origin.agent) return 'replay'",
    replace: "session.agent !== origin.agent) return 'rotate'",
    run: { test: 'services/user/src/rules/refresh.test.ts' },
    red: 'replay',
  },
  {
    name: 'a report of one school pays a student of another in the same batch',
    file: 'services/student/src/rules/facts.ts',
    find: 'schoolId !== student.schoolId || ',
    replace: '',
    run: { test: 'services/student/test/students.test.ts', only: 'a batch with reports of two schools' },
    red: 'Error',
  },
  {
    name: 'a change of zone that had to wait cuts a day in two',
    file: 'services/student/src/rules/zones.ts',
    find: 'nextStart(Math.max(since, last.from + msBetweenChanges - 1), last.zone, dayStartHour)',
    replace: 'Math.max(nextStart(since, last.zone, dayStartHour), last.from + msBetweenChanges)',
    run: { test: 'services/student/src/rules/zones.test.ts', only: 'a change that had to wait' },
    red: '2026-12-08',
  },
]
