import { expect } from 'chai'
import { isGenuine, presented, refreshed, refreshToken, type Session, stands } from './session.ts'

const key = Buffer.alloc(32, 1)
const now = new Date('2026-11-02T10:00:00Z')
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000)
const origin = { address: '192.0.2.1', agent: 'browser' }
const session: Session = {
  id: '0190a6f2-0000-7000-8000-000000000001',
  personId: 'p',
  userId: 'u',
  seed: Buffer.alloc(32, 2),
  generation: 5,
  ...origin,
  startedAt: now,
  usedAt: now,
  expiresAt: later(180 * 86_400),
  revokedAt: null,
  telegram: false,
}

describe('A refresh token', () => {
  it('is told apart from any altered one', () => {
    const token = refreshToken(key, session, 5)
    const shown = presented(token)!
    expect(shown.sessionId).to.equal(session.id)
    expect(isGenuine(key, session, shown)).to.equal(true)
    expect(isGenuine(Buffer.alloc(32, 9), session, shown)).to.equal(false)
    expect(isGenuine(key, { ...session, seed: Buffer.alloc(32, 9) }, shown)).to.equal(false)
    expect(isGenuine(key, session, { ...shown, generation: 6 })).to.equal(false)
  })

  it('is refused unread when it is not of the one length and spelling', () => {
    const token = refreshToken(key, session, 5)
    for (const bad of ['', 'x', token.slice(1), `${token}A`, `${token}=`, token.replace(/.$/, '!')])
      expect(presented(bad)).to.equal(undefined)
  })

  it('rotates when it is the current one', () => expect(refreshed(session, 5, origin, later(60))).to.equal('rotate'))

  it('repeats its successor for the same client within 10 seconds only', () => {
    expect(refreshed(session, 4, origin, later(10))).to.equal('repeat')
    expect(refreshed(session, 4, origin, later(11))).to.equal('replay')
    expect(refreshed(session, 4, { ...origin, agent: 'other' }, later(1))).to.equal('replay')
    expect(refreshed(session, 4, { ...origin, address: '192.0.2.2' }, later(1))).to.equal('replay')
    expect(refreshed(session, 3, origin, later(1))).to.equal('replay')
  })

  it('is of no use after 30 idle days, after the end, and once revoked', () => {
    expect(stands(session, later(30 * 86_400 - 1))).to.equal(true)
    expect(stands(session, later(30 * 86_400))).to.equal(false)
    expect(stands({ ...session, usedAt: later(179 * 86_400) }, later(180 * 86_400))).to.equal(false)
    expect(refreshed({ ...session, revokedAt: now }, 5, origin, now)).to.equal('over')
  })
})
