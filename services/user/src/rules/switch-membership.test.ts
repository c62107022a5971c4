import { expect } from 'chai'
import { membership, now, session } from '../../test/memory.ts'
import type { Session } from './session.ts'
import { switchMembership } from './switch-membership.ts'

const start = (of: Pick<Session, 'personId' | 'userId' | 'expiresAt'>): Session => ({ ...session, ...of, id: 'new' })
const change = { userId: 'other', at: now, start }
const ended = { ...session, revokedAt: now, revokedBecause: 'switched' }

describe('A switch of membership', () => {
  it('ends the session and starts one of the other membership, which expires on the same day', () => {
    const memberships = [membership('user'), membership('other')]
    const started = { ...session, id: 'new', userId: 'other' }
    expect(switchMembership(session, memberships, change)).to.deep.equal({ session: ended, started, member: memberships[1] })
  })

  it('ends the session and starts none when the other membership is closed', () => {
    expect(switchMembership(session, [membership('other', false)], change)).to.deep.equal({ session: ended })
  })

  it('is refused for a membership of somebody else, and once the session is over', () => {
    expect(switchMembership(session, [membership('user')], change)).to.equal('not_found')
    expect(switchMembership({ ...session, revokedAt: now }, [membership('other')], change)).to.equal('session_over')
  })
})
