import { expect } from 'chai'
import { later, membership, now, origin, session } from '../../test/memory.ts'
import { refresh } from './refresh.ts'
import { parseToken, refreshToken, type Session } from './session.ts'

const key = Buffer.alloc(32, 1)
type Given = { generation?: number; at?: Date; from?: Partial<typeof origin>; of?: Session; active?: boolean; tokenKey?: Buffer }
const present = ({ generation = 5, at = later(60), from = {}, of = session, active = true, tokenKey = key }: Given = {}) =>
  refresh(of, [membership('other'), membership('user', active)], {
    token: parseToken(refreshToken(tokenKey, of, generation))!,
    key,
    origin: { ...origin, ...from },
    at,
  })

describe('A refresh', () => {
  it('rotates the current token: the session goes to the next generation, used now by this client', () => {
    const outcome = present({ at: later(60), from: { agent: 'newer browser' } })
    expect(outcome.kind).to.equal('rotate')
    expect(outcome.session).to.deep.equal({ ...session, generation: 6, parent: 5, usedAt: later(60), agent: 'newer browser' })
  })

  it('repeats the successor for five minutes, from whatever address, and changes nothing', () => {
    const outcome = present({ generation: 4, at: later(300), from: { address: '192.0.2.2' } })
    expect(outcome.kind).to.equal('repeat')
    expect(outcome.session).to.equal(session)
  })

  it('gives another successor later, as long as none was used, and again when that reply is lost too', () => {
    const late = present({ generation: 4, at: later(301) })
    expect(late.kind).to.equal('rotate')
    expect(late.session).to.deep.equal({ ...session, generation: 6, parent: 4, usedAt: later(301) })
    expect(present({ generation: 4, of: late.session, at: later(400) })).to.deep.include({ kind: 'repeat', session: late.session })
    expect(present({ generation: 5, of: late.session, at: later(400) }).kind, 'the successor that was replaced').to.equal('replay')
    expect(present({ generation: 6, of: late.session, at: later(400) }).kind).to.equal('rotate')
  })

  it('ends the session when a used token is an older one, or comes from another program', () => {
    const replays = [present({ generation: 3, at: later(11) }), present({ generation: 4, at: later(1), from: { agent: 'other' } })]
    for (const { kind } of replays) expect(kind).to.equal('replay')
    expect(replays[0]?.session).to.deep.equal({ ...session, revokedAt: later(11), revokedBecause: 'replay' })
    expect(present({ generation: 4, of: { ...session, parent: null } }).kind).to.equal('replay')
  })

  it('ends the session by a used token also when its membership is closed', () => {
    expect(present({ generation: 3, active: false })).to.deep.include({ kind: 'replay' })
  })

  it('changes nothing by a token that was made up, for a session that is over, and for a closed membership', () => {
    const outcomes = [
      present({ generation: 3, tokenKey: Buffer.alloc(32, 9) }),
      present({ of: { ...session, revokedAt: now } }),
      present({ at: later(30 * 86_400) }),
      present({ active: false }),
    ]
    for (const { kind } of outcomes) expect(kind).to.equal('over')
    expect(outcomes[0]?.session).to.equal(session)
    expect(outcomes[3]?.session).to.equal(session)
  })
})
