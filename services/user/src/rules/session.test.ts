import { randomUUIDv7 } from 'node:crypto'
import { sessionPart } from '@repitbot/contracts/credentials'
import { expect } from 'chai'
import { later, now, session } from '../../test/memory.ts'
import { isActive, isGenuine, parseToken, refreshToken } from './session.ts'

const key = Buffer.alloc(32, 1)

describe('A refresh token', () => {
  it('is told from any altered one', () => {
    const token = parseToken(refreshToken(key, session, 5))!
    expect(token.sessionId).to.equal(session.id)
    expect(isGenuine(key, session, token)).to.equal(true)
    expect(isGenuine(Buffer.alloc(32, 9), session, token)).to.equal(false)
    expect(isGenuine(key, { ...session, seed: Buffer.alloc(32, 9) }, token)).to.equal(false)
    expect(isGenuine(key, session, { ...token, generation: 6 })).to.equal(false)
  })

  it('shows of which session it is, in every generation, and differs between sessions', () => {
    const parts = [0, 1, 4_000_000_000].map((generation) => sessionPart(refreshToken(key, session, generation)))
    expect(new Set(parts).size).to.equal(1)
    expect(sessionPart(refreshToken(key, { ...session, id: randomUUIDv7() }, 0))).to.not.equal(parts[0])
  })

  it('is refused unread when it has another length or spelling', () => {
    const token = refreshToken(key, session, 5)
    for (const bad of ['', 'x', token.slice(1), `${token}A`, `${token}=`, token.replace(/.$/, '!')])
      expect(parseToken(bad)).to.equal(undefined)
  })
})

describe('A session', () => {
  it('is active until 30 idle days have passed, it expires, or it is revoked', () => {
    expect(isActive(session, later(30 * 86_400 - 1))).to.equal(true)
    expect(isActive(session, later(30 * 86_400))).to.equal(false)
    expect(isActive({ ...session, usedAt: later(179 * 86_400) }, later(180 * 86_400))).to.equal(false)
    expect(isActive({ ...session, revokedAt: now }, now)).to.equal(false)
  })
})
