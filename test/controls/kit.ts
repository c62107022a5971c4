import type { Control } from './control.ts'

/** What the tests of the kit guard. */
export const kitControls: Control[] = [
  {
    name: 'the inbox key is ignored',
    file: 'packages/kit/consume.ts',
    find: '        if (!notHandled.delete(envelope.id)) continue\n',
    replace: '',
    run: { test: 'packages/kit/testing/backbone.test.ts', only: 'comes three times once' },
    red: 'expected 3 to equal 1',
  },

  {
    name: 'the first statement of a transaction that never began is believed',
    file: 'packages/kit/consume.ts',
    find: " where current_setting('app.school', true) <> ''\n",
    replace: '\n',
    run: { test: 'packages/kit/testing/begin.test.ts', only: 'leaves an event unmarked' },
    red: '"times": 1',
  },
  {
    name: 'the wall between schools is down',
    file: 'packages/kit/migrations.ts',
    find: "  using (school_id = any ((select string_to_array(current_setting('app.school', true), ',')::uuid[])::uuid[]))\n",
    replace: '  using (true)\n',
    run: { test: 'packages/kit/testing/transaction.test.ts', only: 'only the rows of its own schools' },
    red: 'AssertionError',
  },
  {
    name: 'the wall stops no writing',
    file: 'packages/kit/migrations.ts',
    find: "  with check (school_id = any ((select string_to_array(current_setting('app.school', true), ',')::uuid[])::uuid[]));\n",
    replace: '  with check (true);\n',
    run: { test: 'packages/kit/testing/transaction.test.ts', only: 'cannot write into another school' },
    red: 'AssertionError',
  },
  {
    name: 'the outbox is written beside the transaction',
    file: 'packages/kit/database.ts',
    find: '      await open.commit()\n',
    replace: `      const beside = await pool.connect()
      const other = beginTransaction(beside, sequelize, { service, schools, now })
      other.tx.publish(...open.events.splice(0))
      await other.commit().finally(() => beside.release())
      await open.commit()\n`,
    run: { test: 'packages/kit/testing/transaction.test.ts', only: 'publishes nothing and writes nothing' },
    red: 'AssertionError',
  },
  {
    name: 'a statement nobody waits for hides why it failed',
    file: 'packages/kit/database.ts',
    find: '      throw open.fault() ?? error\n',
    replace: '      throw error\n',
    run: { test: 'packages/kit/testing/transaction.test.ts', only: 'error of a statement that was not awaited' },
    red: '25P02',
  },
  {
    name: 'a rolled-back commit is taken for one',
    file: 'packages/kit/transaction.ts',
    find: "if (command !== 'COMMIT')",
    replace: "if (command === '')",
    run: { test: 'packages/kit/testing/transaction.test.ts', only: 'does not count as committed' },
    red: 'AssertionError',
  },
  {
    name: 'the store narrows nothing to the caller',
    file: 'packages/kit/reach.ts',
    find: "if (reach === 'school') return 'true'",
    replace: "if (reach) return 'true'",
    run: { test: 'packages/kit/testing/transaction.test.ts', only: 'can be limited to a caller' },
    red: 'AssertionError',
  },
  {
    name: 'a revoked link still reaches',
    file: 'packages/kit/reach.ts',
    find: ' and granted and',
    replace: ' and',
    run: { test: 'packages/kit/testing/transaction.test.ts', only: 'can be limited to a caller' },
    red: 'AssertionError',
  },
]
