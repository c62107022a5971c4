import { atTop, type Control } from './control.ts'

/** Guards of the layout. */
export const layoutControls: Control[] = [
  {
    name: 'the tables of a store are defined under another name',
    file: 'services/student/src/tables.ts',
    find: 'export const tablesOf',
    replace: 'export const tables',
    run: { test: 'test/layout.test.ts', only: 'opens every store' },
    red: 'services/student/src/tables.ts exports no tablesOf',
  },
  {
    name: 'the environment is read outside config.ts',
    file: 'services/student/src/rules/levels.ts',
    find: atTop,
    replace: 'export const sneaked = process.env.HOME\n',
    run: { test: 'test/layout.test.ts', only: 'reads the environment' },
    red: 'services/student/src/rules/levels.ts',
  },
  {
    name: 'there is Russian text in the code',
    file: 'services/student/src/rules/levels.ts',
    find: atTop,
    replace: `export const said = 'Привет'\n`,
    run: { test: 'test/layout.test.ts', only: 'keeps text for people' },
    red: 'services/student/src/rules/levels.ts',
  },
  {
    name: 'the kit names something of the domain',
    file: 'packages/kit/reach.ts',
    find: atTop,
    replace: 'export const lessonId = 1\n',
    run: { test: 'test/layout.test.ts', only: 'words of the domain out of the kit' },
    red: 'packages/kit/reach.ts',
  },
  {
    name: 'an event has no publisher',
    file: 'packages/contracts/events.ts',
    find: "  'lesson.planned': {",
    replace: "  'lesson.dreamt': { by: 'lesson', external: true, body: planned },\n  'lesson.planned': {",
    run: { test: 'test/events.test.ts', only: 'lesson.dreamt' },
    red: 'lesson never publishes it',
  },
  {
    name: 'a service runs none of the jobs that it declares',
    file: 'services/notification/src/jobs.ts',
    find: 'onRequest(jobTypes, {',
    replace: 'onRequest({ ...jobTypes }, {',
    run: { test: 'test/layout.test.ts', only: 'runs every job' },
    red: 'services/notification/src/jobs.ts',
  },
  {
    name: 'make test takes the tests that need a cluster',
    file: 'test/test-files.ts',
    find: ', ofCluster] }',
    replace: '] }',
    run: { test: 'test/test-files.test.ts', only: 'without those that need a cluster' },
    red: 'test/e2e/operator.test.ts',
  },
  {
    name: 'make test leaves a folder out',
    file: 'test/test-files.ts',
    find: "  'operator',\n",
    replace: '',
    run: { test: 'test/test-files.test.ts', only: 'are every test of the repository' },
    red: 'operator/test/',
  },
]
