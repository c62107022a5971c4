import { expect } from 'chai'
import { later, member, now, session } from '../../test/memory.ts'
import { type AcceptOutcome, acceptInvitation, type InvitationState } from './accept-invitation.ts'
import type { Accepting, StoredInvitation } from './invitation.ts'
import type { Member } from './person.ts'

const invitation: StoredInvitation = {
  id: 'invitation',
  schoolId: member.schoolId,
  role: 'student',
  userId: null,
  studentIds: [],
  invitedBy: 'tutor',
  tokenHash: Buffer.alloc(32),
  codeHash: Buffer.alloc(32),
  expiresAt: later(60),
  acceptedAt: null,
}
const school = { id: member.schoolId, name: 'School', language: 'ru' as const, zone: 'Asia/Omsk', version: 1 }
const nobody = { id: 'new-person', email: null, emailConfirmedAt: null, telegramId: null, passwordHash: null }
const account = { id: 'account', email: 'a@b.test', emailConfirmedAt: now, telegramId: null, passwordHash: 'hash' }
const inviter: Member = { ...member, id: 'tutor', personId: 'tutor', role: 'tutor', email: 't@b.test' }
const fresh: InvitationState = { invitation, school, inviter, invitees: { member: undefined, students: [] } }
const waiting: InvitationState = { ...fresh, invitation: { ...invitation, userId: member.id }, invitees: { member, students: [] } }

const accept = (state: InvitationState, accepting: Accepting) =>
  acceptInvitation(state, {
    accepting,
    newUserId: 'new-user',
    name: 'Ann',
    language: undefined,
    zone: undefined,
    at: now,
    start: (of) => ({ ...session, ...of }),
  })
const accepted = (state: InvitationState, accepting: Accepting) => accept(state, accepting) as AcceptOutcome

describe('Accepting an invitation', () => {
  it('makes a member in the language and zone of the school, a person and a session', () => {
    const {
      invitation: stored,
      member: made,
      session: started,
      person,
    } = accepted(fresh, { kind: 'new', person: { ...account, id: 'new' } })
    expect(stored.acceptedAt).to.equal(now)
    expect(made).to.include({ id: 'new-user', personId: 'new', name: 'Ann', zone: 'Asia/Omsk', version: 1, email: 'a@b.test' })
    expect(started).to.include({ personId: 'new', userId: 'new-user' })
    expect(person).to.deep.equal({ kind: 'insert', person: { ...account, id: 'new' } })
  })

  it('gives the person of a waiting membership an account, and leaves a child as they are', () => {
    const byAccount = accepted(waiting, { kind: 'new', person: account })
    expect(byAccount.member).to.include({ id: member.id, personId: 'person', name: 'Ann', version: 4, email: 'a@b.test' })
    expect(byAccount.person).to.deep.equal({ kind: 'update', person: { ...account, id: 'person' } })
    expect(accepted(waiting, { kind: 'child', person: nobody }).person).to.deep.equal({ kind: 'keep' })
  })

  it('lets an account join, which replaces the person of the waiting membership', () => {
    const accepting: Accepting = { kind: 'account', person: account }
    expect(accepted(fresh, accepting).person).to.deep.equal({ kind: 'join', accepting, replaces: null })
    const joined = accepted(waiting, accepting)
    expect(joined.member).to.include({ id: member.id, personId: 'account' })
    expect(joined.person).to.deep.equal({ kind: 'join', accepting, replaces: 'person' })
  })

  it('is refused twice, late, and when the membership is closed, has another role, or somebody signs in as it', () => {
    const accepting: Accepting = { kind: 'child', person: nobody }
    expect(accept({ ...fresh, invitation: { ...invitation, acceptedAt: now } }, accepting)).to.equal('link_not_valid')
    expect(accept({ ...fresh, invitation: { ...invitation, expiresAt: now } }, accepting)).to.equal('link_not_valid')
    for (const before of [undefined, { ...member, active: false }, { ...member, role: 'parent' as const }, { ...member, telegramId: '7' }])
      expect(accept({ ...waiting, invitees: { member: before, students: [] } }, accepting)).to.equal('link_not_valid')
  })

  it('is refused when whoever made it may no longer bring this person', () => {
    const accepting: Accepting = { kind: 'new', person: account }
    const ofParent = { ...fresh, invitation: { ...invitation, role: 'parent' as const, studentIds: ['child'] } }
    expect(accept({ ...ofParent, invitees: { member: undefined, students: ['child'] } }, accepting)).to.be.an('object')
    expect(accept(ofParent, accepting)).to.equal('link_not_valid')
    for (const change of [{ active: false }, { role: 'parent' as const }, { role: 'student' as const }])
      expect(accept({ ...fresh, inviter: { ...inviter, ...change } }, accepting)).to.equal('link_not_valid')
    const ofAdmin = { ...fresh, invitation: { ...invitation, role: 'admin' as const } }
    expect(accept({ ...ofAdmin, inviter: { ...inviter, role: 'admin' } }, accepting)).to.be.an('object')
    expect(accept(ofAdmin, accepting)).to.equal('link_not_valid')
  })
})
