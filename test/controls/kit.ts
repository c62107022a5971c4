import type { Control } from './control.ts'

/** Guards of the kit. */
export const kitControls: Control[] = [
  {
    name: 'the inbox does not drop repeated events',
    file: 'packages/kit/consume.ts',
    find: '        if (!notHandled.delete(envelope.id)) continue\n',
    replace: '',
    run: { test: 'packages/kit/testing/backbone.test.ts', only: 'comes three times once' },
    red: 'expected 3 to equal 1',
  },

  {
    name: 'the first statement counts though its transaction never began',
    file: 'packages/kit/consume.ts',
    find: " where current_setting('app.school', true) <> ''\n",
    replace: '\n',
    run: { test: 'packages/kit/testing/begin.test.ts', only: 'leaves an event unmarked' },
    red: '"times": 1',
  },
  {
    name: 'row-level security shows rows of other schools',
    file: 'packages/kit/migrations.ts',
    find: "  using (school_id = any ((select string_to_array(current_setting('app.school', true), ',')::uuid[])::uuid[]))\n",
    replace: '  using (true)\n',
    run: { test: 'packages/kit/testing/transaction.test.ts', only: 'only the rows of its own schools' },
    red: 'AssertionError',
  },
  {
    name: 'row-level security lets rows of other schools be written',
    file: 'packages/kit/migrations.ts',
    find: "  with check (school_id = any ((select string_to_array(current_setting('app.school', true), ',')::uuid[])::uuid[]));\n",
    replace: '  with check (true);\n',
    run: { test: 'packages/kit/testing/transaction.test.ts', only: 'cannot write into another school' },
    red: 'AssertionError',
  },
  {
    name: 'the outbox is written in another transaction',
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
    name: 'the error of a statement that nobody awaits is lost',
    file: 'packages/kit/database.ts',
    find: '      throw open.fault() ?? error\n',
    replace: '      throw error\n',
    run: { test: 'packages/kit/testing/transaction.test.ts', only: 'error of a statement that was not awaited' },
    red: '25P02',
  },
  {
    name: 'a commit that was rolled back counts as committed',
    file: 'packages/kit/transaction.ts',
    find: "if (command !== 'COMMIT')",
    replace: "if (command === '')",
    run: { test: 'packages/kit/testing/transaction.test.ts', only: 'does not count as committed' },
    red: 'AssertionError',
  },
  {
    name: 'the store does not narrow rows to the caller',
    file: 'packages/kit/reach.ts',
    find: "if (reach === 'school') return 'true'",
    replace: "if (reach) return 'true'",
    run: { test: 'packages/kit/testing/transaction.test.ts', only: 'can be limited to a caller' },
    red: 'AssertionError',
  },
  {
    name: 'a revoked link still gives access',
    file: 'packages/kit/reach.ts',
    find: ' and granted and',
    replace: ' and',
    run: { test: 'packages/kit/testing/transaction.test.ts', only: 'can be limited to a caller' },
    red: 'AssertionError',
  },
]
