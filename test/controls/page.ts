import type { Control } from './control.ts'

/** What the page guards: what is left on a device, what changes unasked, what can be read, and what a first visit waits for. */
export const pageControls: Control[] = [
  {
    name: 'an open week hears of nobody else',
    file: 'web/src/unread.ts',
    find: "if (event === 'lessons') {\n          lessonsChanged()",
    replace: "if (event === 'lessons') {",
    run: { test: 'web/test/week.test.ts', only: 'shows at once what somebody else' },
    red: 'Timeout 5000ms exceeded',
  },
  {
    name: 'a signed-out person leaves answers on the device',
    file: 'web/src/session.ts',
    find: '  void forgetKept()\n',
    replace: '',
    run: { test: 'web/test/offline.test.ts', only: 'leaves nothing of a person' },
    red: 'never came true',
  },
  {
    name: 'a newer page takes over unasked',
    file: 'web/worker/worker.ts',
    find: "worker.addEventListener('install', (event) => {",
    replace: "worker.addEventListener('install', (event) => {\n  void worker.skipWaiting()",
    run: { test: 'web/test/offline.test.ts', only: 'offers a newer page' },
    red: 'Timeout',
  },
  {
    name: 'a button that cannot be read under the pointer in the dark',
    file: 'web/src/theme.ts',
    find: "shades[scheme === 'light' ? 8 : 3]],",
    replace: "shades[scheme === 'light' ? 8 : 5]],",
    run: { test: 'web/test/week.test.ts', only: 'has no barrier, and shows a phone the day: 1440' },
    red: 'the primary button under the pointer, dark',
  },
  {
    name: 'a week that does not fit beside the rail of a tablet',
    file: 'web/src/lessons/timetable.css',
    find: '--week-view-min-slot-width: 4.5rem',
    replace: '--week-view-min-slot-width: 5.5rem',
    run: { test: 'web/test/week.test.ts', only: 'has no barrier, and shows a phone the day: 768' },
    red: 'the grid scrolls sideways',
  },
  {
    name: 'grey that is too light to be read',
    file: 'web/src/theme.ts',
    find: "'--mantine-color-dimmed': '#4f5f5e'",
    replace: "'--mantine-color-dimmed': '#a0b0af'",
    run: { test: 'web/test/pages.test.ts', only: 'in ru for a student' },
    red: 'color-contrast',
  },
  {
    name: 'a chunk of pages on the way of a first visit',
    file: 'web/src/on-demand.ts',
    find: 'if (expected()) await load()',
    replace: 'await load()',
    run: { test: 'web/test/enter.test.ts', only: 'loads no page' },
    red: 'home',
  },
]
