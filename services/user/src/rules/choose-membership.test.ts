import { expect } from 'chai'
import { membership } from '../../test/memory.ts'
import { chooseMembership } from './choose-membership.ts'

const memberships = [membership('first'), membership('second')]

describe('The membership to sign in as', () => {
  it('is the one named, and no other in its place', () => {
    expect(chooseMembership({ memberships, lastUserId: 'first' }, 'second')).to.equal(memberships[1])
    expect(chooseMembership({ memberships, lastUserId: 'first' }, 'of-somebody-else')).to.equal('not_found')
  })

  it('is the one used last, or else the first', () => {
    expect(chooseMembership({ memberships, lastUserId: 'second' })).to.equal(memberships[1])
    expect(chooseMembership({ memberships, lastUserId: 'closed-since' })).to.equal(memberships[0])
    expect(chooseMembership({ memberships, lastUserId: undefined })).to.equal(memberships[0])
  })

  it('is none when all are closed', () => {
    expect(chooseMembership({ memberships: [], lastUserId: 'first' })).to.equal('membership_closed')
  })
})
