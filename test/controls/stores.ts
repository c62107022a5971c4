import type { Control } from './control.ts'

/** What goes on between a process and its stores: jobs in hand, and certificates. */
export const storeControls: Control[] = [
  {
    name: 'the jobs of a killed process stay locked',
    file: 'packages/kit/jobs.ts',
    find: '    if (!rows.length) return\n',
    replace: '    if (rows.length >= 0) return\n',
    run: { test: 'packages/kit/testing/jobs.test.ts', only: 'killed in the middle' },
    red: 'It did not come within',
  },
  {
    name: 'a long job is taken from the living',
    file: 'packages/kit/jobs.ts',
    find: 'set locked_at = now() where locked_by = $1',
    replace: 'set locked_at = locked_at where locked_by = $1',
    run: { test: 'packages/kit/testing/jobs.test.ts', only: 'left alone' },
    red: 'AssertionError',
  },
  {
    name: 'a store is believed whatever its certificate',
    file: 'packages/kit/redis.ts',
    find: '{ servername: address.host }',
    replace: '{ servername: address.host, rejectUnauthorized: false }',
    run: { test: 'test/journeys/tls.test.ts', only: 'of another authority' },
    red: 'It did not come within',
  },
  {
    name: 'a Redis is not told which name is meant',
    file: 'packages/kit/redis.ts',
    find: '{ servername: address.host }',
    replace: '{}',
    run: { test: 'test/journeys/tls.test.ts', only: 'which name is meant' },
    red: 'It did not come within',
  },
]
