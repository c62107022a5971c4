import { botControls } from './bot.ts'
import { chartControls } from './chart.ts'
import type { Control } from './control.ts'
import { doorControls } from './doors.ts'
import { gatewayControls } from './gateway.ts'
import { operatorControls } from './operator.ts'
import { outwardControls } from './outward.ts'
import { pageControls } from './page.ts'
import { storeControls } from './stores.ts'

/** Where a row of code is added before all others. */
export const atTop = ''

export const controls: Control[] = [
  // What `make check` guards.
  {
    name: 'a rule imports what does I/O',
    file: 'services/lesson/src/rules/complete.ts',
    find: atTop,
    replace: `import '@repitbot/kit/failure'\n`,
    run: { check: 'imports' },
    red: 'rules-pure',
  },
  {
    name: 'a service imports another service',
    file: 'services/student/src/rules/levels.ts',
    find: atTop,
    replace: `import type {} from '../../../lesson/src/rules/lesson.ts'\n`,
    run: { check: 'imports' },
    red: 'services-apart',
  },
  {
    name: 'a contract imports the kit',
    file: 'packages/contracts/events.ts',
    find: atTop,
    replace: `import type {} from '../kit/service.ts'\n`,
    run: { check: 'imports' },
    red: 'contracts-alone',
  },
  {
    name: 'a rule speaks Sequelize',
    file: 'services/student/src/rules/levels.ts',
    find: atTop,
    replace: `import 'sequelize'\n`,
    run: { check: 'imports' },
    red: 'sequelize-in-the-store',
  },
  {
    name: 'two files import each other',
    file: 'services/lesson/src/rules/grade.ts',
    find: atTop,
    replace: `import type {} from './report.ts'\n`,
    run: { check: 'imports' },
    red: 'no-cycles',
  },
  {
    name: 'a text is missing in one language',
    file: 'packages/contracts/texts/en/student.ts',
    find: '  first_lesson:',
    replace: '  first_lessen:',
    run: { check: 'types' },
    red: 'first_lesson',
  },
  {
    name: 'a refusal has no text',
    file: 'packages/contracts/failures.ts',
    find: '  not_found: 404,',
    replace: '  not_found: 404,\n  unsaid: 404,',
    run: { check: 'types' },
    red: 'unsaid',
  },
  {
    name: 'a promise is left floating',
    file: 'services/lesson/src/rules/complete.ts',
    find: atTop,
    replace: 'Promise.resolve(1)\n',
    run: { check: 'lint' },
    red: 'no-floating-promises',
  },
  {
    name: 'a file is not formatted',
    file: 'services/lesson/src/rules/complete.ts',
    find: atTop,
    replace: 'export  const untidy = "1";\n',
    run: { check: 'format' },
    red: 'complete.ts',
  },
  {
    name: 'something exported is used by nobody',
    file: 'services/lesson/src/rules/grade.ts',
    find: atTop,
    replace: 'export const nobodyUsesThis = 1\n',
    run: { check: 'dead code' },
    red: 'nobodyUsesThis',
  },
  {
    name: 'a package ships without a licence we allow',
    file: 'test/licences.ts',
    find: "'pause@0.0.1': 'MIT'",
    replace: "'pause@0.0.1': 'GPL-3.0-only'",
    run: { check: 'licences' },
    red: 'pause@0.0.1',
  },

  // What the tidy tests guard.
  {
    name: 'the environment is read outside config.ts',
    file: 'services/student/src/rules/levels.ts',
    find: atTop,
    replace: 'export const sneaked = process.env.HOME\n',
    run: { test: 'test/layout.test.ts', only: 'reads the environment' },
    red: 'services/student/src/rules/levels.ts',
  },
  {
    name: 'Russian text stands in the code',
    file: 'services/student/src/rules/levels.ts',
    find: atTop,
    replace: `export const said = 'Привет'\n`,
    run: { test: 'test/layout.test.ts', only: 'keeps text for people' },
    red: 'services/student/src/rules/levels.ts',
  },
  {
    name: 'the kit learns of lessons',
    file: 'packages/kit/reach.ts',
    find: atTop,
    replace: 'export const lessonId = 1\n',
    run: { test: 'test/layout.test.ts', only: 'keeps the kit ignorant' },
    red: 'packages/kit/reach.ts',
  },
  {
    name: 'an event has no publisher',
    file: 'packages/contracts/events.ts',
    find: "  'lesson.planned': {",
    replace: "  'lesson.dreamt': { by: 'lesson', external: true, body: planned },\n  'lesson.planned': {",
    run: { test: 'test/events.test.ts', only: 'lesson.dreamt' },
    red: 'lesson never says it',
  },

  // What the tests of the kit guard.
  {
    name: 'the inbox key is ignored',
    file: 'packages/kit/consume.ts',
    find: '        if (!unheard.delete(envelope.id)) continue\n',
    replace: '',
    run: { test: 'packages/kit/testing/backbone.test.ts', only: 'comes three times once' },
    red: 'expected 3 to equal 1',
  },

  {
    name: 'the first statement of a transaction that never began is believed',
    file: 'packages/kit/consume.ts',
    find: " where current_setting('app.school', true) <> ''\n",
    replace: '\n',
    run: { test: 'packages/kit/testing/begin.test.ts', only: 'leaves a message unheard' },
    red: '"times": 1',
  },
  {
    name: 'the wall between schools is down',
    file: 'packages/kit/migrations.ts',
    find: "  using (school_id = any ((select string_to_array(current_setting('app.school', true), ',')::uuid[])::uuid[]))\n",
    replace: '  using (true)\n',
    run: { test: 'packages/kit/testing/second-wall.test.ts', only: 'rows of its own schools alone' },
    red: 'AssertionError',
  },
  {
    name: 'the wall stops no writing',
    file: 'packages/kit/migrations.ts',
    find: "  with check (school_id = any ((select string_to_array(current_setting('app.school', true), ',')::uuid[])::uuid[]));\n",
    replace: '  with check (true);\n',
    run: { test: 'packages/kit/testing/second-wall.test.ts', only: 'cannot write into another school' },
    red: 'AssertionError',
  },
  {
    name: 'the outbox is written beside the transaction',
    file: 'packages/kit/database.ts',
    find: '      open.flush()\n',
    replace: `      const beside = await pool.connect()
      const other = opened(beside, sequelize, { service, schools, now })
      other.tx.publish(...open.said)
      other.flush()
      await other.asked('commit').finally(() => beside.release())\n`,
    run: { test: 'packages/kit/testing/second-wall.test.ts', only: 'says nothing when its commit fails' },
    red: 'AssertionError',
  },
  {
    name: 'a statement nobody waits for hides why it failed',
    file: 'packages/kit/database.ts',
    find: '      throw open.fault() ?? error\n',
    replace: '      throw error\n',
    run: { test: 'packages/kit/testing/second-wall.test.ts', only: 'fails as the statement did' },
    red: '25P02',
  },
  {
    name: 'a rolled-back commit is taken for one',
    file: 'packages/kit/database.ts',
    find: "if (command !== 'COMMIT')",
    replace: "if (command === '')",
    run: { test: 'packages/kit/testing/second-wall.test.ts', only: 'is not taken for done' },
    red: 'AssertionError',
  },
  {
    name: 'the store narrows nothing to the caller',
    file: 'packages/kit/reach.ts',
    find: "if (reach === 'school') return 'true'",
    replace: "if (reach) return 'true'",
    run: { test: 'packages/kit/testing/second-wall.test.ts', only: 'is narrowed to a caller' },
    red: 'AssertionError',
  },
  {
    name: 'a revoked link still reaches',
    file: 'packages/kit/reach.ts',
    find: ' and granted$',
    replace: '$',
    run: { test: 'packages/kit/testing/second-wall.test.ts', only: 'is narrowed to a caller' },
    red: 'AssertionError',
  },

  // What the tests of the services guard.
  {
    name: 'a table of a service is left outside the wall',
    file: 'services/lesson/migrations/0001-lessons.ts',
    find: `\${tenant('hold')}`,
    replace: '',
    run: { test: 'test/schemas.test.ts', only: 'wall off by school' },
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
    name: 'a used refresh token is taken again',
    file: 'services/user/src/rules/session.ts',
    find: "isSameClient && isAtOnce ? 'repeat' : 'replay'",
    replace: "isSameClient && isAtOnce ? 'repeat' : 'rotate'",
    run: { test: 'services/user/src/rules/session.test.ts' },
    red: 'replay',
  },
  ...doorControls,
  ...botControls,
  ...pageControls,
  ...outwardControls,
  ...operatorControls,
  ...gatewayControls,
  ...chartControls,
  ...storeControls,
  {
    name: 'the page imports a service',
    file: 'web/src/store.ts',
    find: atTop,
    replace: `import type {} from '../../services/lesson/src/rules/lesson.ts'\n`,
    run: { check: 'imports' },
    red: 'web-to-contracts',
  },
  {
    name: 'a refused report loses what was typed',
    file: 'web/src/lessons/report.tsx',
    find: "view: 'report', kept, error",
    replace: "view: 'report', error",
    run: { test: 'web/test/lessons.test.ts', only: 'what was typed' },
    red: 'Typed in vain',
  },
  {
    name: 'a lesson is dropped upon another',
    file: 'web/src/lessons/week-grid.tsx',
    find: 'if (clash) return refuse(clash)',
    replace: '',
    run: { test: 'web/test/week.test.ts', only: 'drops no lesson' },
    red: 'Gleb',
  },
  {
    name: 'the week moves a lesson by the clock of the browser',
    file: 'web/src/lessons/week-grid.tsx',
    find: 'startsAt: instantText(wallOf(newStart), zone), minutes: lessonOf',
    replace: 'startsAt: new Date(newStart).toISOString(), minutes: lessonOf',
    run: { test: 'web/test/week.test.ts', only: 'by the clock of the person' },
    red: 'AssertionError',
  },
  {
    name: 'the page may run inline scripts',
    file: 'gateway/src/web.ts',
    find: `"script-src 'self'"`,
    replace: `"script-src 'self' 'unsafe-inline'"`,
    run: { test: 'web/test/journey.test.ts', only: 'runs no inline script' },
    red: "to include 'script-src",
  },
]
