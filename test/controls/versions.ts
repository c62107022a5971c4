import type { Control } from './control.ts'

const versions = 'test/contract/versions.test.ts'

/** Guards of what is replaced: nothing is that its caller has not seen. */
export const versionControls: Control[] = [
  {
    name: 'a profile is replaced unseen',
    file: 'services/user/src/flows/change-person.ts',
    find: '    if (outcome.events.length) checkVersion(member, version)\n',
    replace: '',
    run: { test: versions, only: 'PATCH /api/v1/people/me' },
    red: 'AssertionError',
  },
  {
    name: 'a school is replaced unseen',
    file: 'services/user/src/flows/change-school.ts',
    find: '    if (next !== school) checkVersion(school, version)\n',
    replace: '',
    run: { test: versions, only: 'PATCH /api/v1/school' },
    red: 'AssertionError',
  },
  {
    name: 'a policy is replaced unseen',
    file: 'services/lesson/src/flows/set-policy.ts',
    find: '    checkVersion(before, version)\n',
    replace: '',
    run: { test: versions, only: 'PUT /api/v1/lesson-policy' },
    red: 'AssertionError',
  },
  {
    name: 'preferences are replaced unseen',
    file: 'services/notification/src/flows/change-preferences.ts',
    find: '    if (next !== before) checkVersion(before, version)\n',
    replace: '',
    run: { test: versions, only: 'PATCH /api/v1/notices/preferences' },
    red: 'AssertionError',
  },
  {
    name: 'a route replaces without a version',
    file: 'packages/contracts/school.ts',
    find: '.extend({ version: Version })',
    replace: '.extend({ version: Version.optional() })',
    run: { test: versions, only: 'named with its version' },
    red: 'AssertionError',
  },
  {
    name: 'the page replaces what somebody else has changed meanwhile',
    file: 'web/src/ui/replace.ts',
    find: 'if (changed.length) throw',
    replace: 'if (changed.length < 0) throw',
    run: { test: 'web/test/account.test.ts', only: 'keeps what was typed' },
    red: 'Timeout',
  },
]
