import type { Control } from './control.ts'

/** What goes on between a process and its stores: jobs in hand, and certificates. */
export const storeControls: Control[] = [
  {
    name: 'a job is asked for by a wrong name',
    file: 'services/notification/src/store/deliveries.ts',
    find: 'jobTypes.send,',
    replace: 'jobTypes.sned,',
    run: { check: 'types' },
    red: 'sned',
  },
  {
    name: 'a job is asked for with a wrong payload',
    file: 'services/notification/src/store/letters.ts',
    find: '[{ payload: { letterId: id }',
    replace: '[{ payload: { deliveryId: id }',
    run: { check: 'types' },
    red: 'letterId',
  },
  {
    name: 'a job that is declared has no handler',
    file: 'services/notification/src/jobs.ts',
    find: '    letter: ({ schoolId, payload }) => sendLetter(deps, schoolId, payload.letterId),\n',
    replace: '',
    run: { check: 'types' },
    red: 'letter',
  },
  {
    name: 'a job that nobody runs waits without a word',
    file: 'packages/kit/jobs.ts',
    find: 'where task_identifier <> all ($1) and',
    replace: 'where task_identifier = any ($1) and',
    run: { test: 'packages/kit/testing/jobs.test.ts', only: 'when no process knows their name' },
    red: 'It did not come within',
  },
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
