import type { Control } from './control.ts'

const joins = (only: string) => ({ test: 'test/journeys/joining.test.ts', only })
const rights = (only: string) => ({ test: 'services/user/test/invitation-rights.test.ts', only })

/** Guards of who may join a school. */
export const joiningControls: Control[] = [
  {
    name: 'an invitation is not judged again when it is accepted',
    file: 'services/user/src/rules/accept-invitation.ts',
    find: "if (!inviter.active || !canInvite(inviter.role, invitation.role) || invite(invitation, invitees) !== invitation) return 'link_not_valid'",
    replace: '',
    run: rights('ends with the membership'),
    red: 'It was not refused',
  },
  {
    name: 'an invitation reaches whom its maker reached once',
    file: 'services/user/src/store/invitations.ts',
    find: 'const invitees = await findInvitees(tx, by,',
    replace: "const invitees = await findInvitees(tx, { ...by, reach: 'school' },",
    run: rights('ends with the link to the child'),
    red: 'It was not refused',
  },
  {
    name: 'an invitation of somebody disabled stays in the list',
    file: 'services/user/src/store/members.ts',
    find: 'if (outcome.signsOut) await deleteLostInvitations(tx)',
    replace: '',
    run: rights('ends with the membership'),
    red: 'AssertionError',
  },
  {
    name: 'an invitation stays in the list after the link is taken back',
    file: 'services/user/src/store/links.ts',
    find: 'if (!outcome.link.active) await deleteLostInvitations(tx)',
    replace: '',
    run: rights('ends with the link to the child'),
    red: 'AssertionError',
  },
  {
    name: 'an invitation opens a membership that was given another role',
    file: 'services/user/src/rules/invitation.ts',
    find: "if (!member?.active || member.role !== invitation.role) return 'not_found'",
    replace: "if (!member?.active) return 'not_found'",
    run: rights('another role since'),
    red: 'It was not refused',
  },
  {
    name: "a tutor sees every tutor's invitations",
    file: 'services/user/src/store/invitations.ts',
    find: 'and expires_at > $1 and ($2 or invited_by = $3)',
    replace: 'and expires_at > $1 and ($2 or invited_by = $3 or true)',
    run: rights('shows a tutor'),
    red: 'AssertionError',
  },
  {
    name: 'an invitation of an admin has a code',
    file: 'services/user/src/rules/invitation.ts',
    find: '{ hoursMax: 24, hasCode: false }',
    replace: '{ hoursMax: 24, hasCode: true }',
    run: rights('by the link alone'),
    red: 'null',
  },
  {
    name: 'the other parents of a child are not told of a new one',
    file: 'services/notification/src/rules/notices/joins.ts',
    find: "to: ['parent', 'admin'],",
    replace: "to: ['admin'],",
    run: joins('as a parent is named'),
    red: 'AssertionError',
  },
  {
    name: 'a parent who is linked to one more child is told to nobody',
    file: 'services/user/src/rules/link.ts',
    find: 'if (granted.link === stored || joinedName === undefined',
    replace: 'if (granted.link !== stored || joinedName === undefined',
    run: joins('linked to one more child'),
    red: 'AssertionError',
  },
  {
    name: 'admins are not told of a new parent',
    file: 'services/notification/src/store/cards.ts',
    find: "where role = 'admin' and active group by school_id",
    replace: "where role = 'tutor' and active group by school_id",
    run: joins('as a parent is named'),
    red: 'AssertionError',
  },
]
