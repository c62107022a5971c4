import { randomUUIDv7 } from 'node:crypto'
import { withOwner } from '@repitbot/kit/testing/stores'
import { openWorld, serviceSecret, type World } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import { hashOf } from '../src/rules/secrets.ts'
import { userService } from '../src/service.ts'
import { adminEmail, type OpenSchool, openSchool, password, refusal } from './school.ts'

const dayMs = 86_400_000

describe('Guesses', () => {
  let school: OpenSchool<World>
  beforeEach(async () => {
    school = await openSchool(await openWorld({ services: [userService], people: false }), serviceSecret)
  })
  afterEach(() => school.world.close())

  const change = (given: string, address: string) =>
    school
      .as(school.admin.accessToken, { address })
      .auth.changePassword({ password: given, newPassword: 'another long password' }, { idempotencyKey: randomUUIDv7() })

  it('at the password of an open session are counted also when each has an Idempotency-Key of its own', async () => {
    const codes: string[] = []
    for (let guess = 0; guess < 13; guess++) codes.push((await refusal(change(`wrong password ${guess}`, '192.0.2.1'))).code)
    expect(codes.filter((code) => code === 'wrong_credentials')).to.have.length(10)
    expect(codes.slice(-3)).to.deep.equal(Array(3).fill('too_many_requests'))
  })

  it('do not repeat a change of password that was answered: the same request gets the same answer', async () => {
    const me = school.as(school.admin.accessToken).auth
    const twice = [1, 2].map(() => me.changePassword({ password, newPassword: 'another long password' }, { idempotencyKey: 'once' }))
    await Promise.all(twice)
    await me.changePassword({ password, newPassword: 'another long password' }, { idempotencyKey: 'once' })
    expect((await refusal(change(password, '192.0.2.2'))).code).to.equal('wrong_credentials')
  })

  it('hold no connection while passwords are hashed', async () => {
    let isOver = false
    const guesses = Promise.all(Array.from({ length: 20 }, (_, n) => refusal(change('wrong password', `192.0.2.${n}`))))
    const asked = guesses.finally(() => {
      isOver = true
    })
    const held: number[] = []
    while (!isOver) {
      // By a connection for each question: asked without a pause, they would keep this process, and with it the service, from its work.
      const { rows } = await withOwner(school.world.name, (owner) =>
        owner.query<{ count: number }>(
          `select count(*)::int as count from pg_stat_activity
           where datname = current_database() and state like 'idle in transaction%' and state_change < now() - interval '30 ms'`,
        ),
      )
      held.push(rows[0]!.count)
    }
    expect((await asked).map(({ code }) => code)).to.deep.equal(Array(20).fill('wrong_credentials'))
    expect(Math.max(...held)).to.equal(0)
    await change(password, '192.0.2.30')
  })

  const login = (email: string, given: string, from: { address: string; agent?: string }) =>
    school.as(undefined, from).auth.login({ email, password: given })
  /** Leaves a counter, which has counted something, as that many failures would. */
  const countTo = async (key: string, count: number) => {
    const hashed = hashOf(school.deps.secrets, 'attempt', key).toString('base64url')
    const rows = await school.world.sql('update "user".attempt set count = $2 where key = $1 returning key', [hashed, count])
    expect(rows).to.have.length(1)
  }

  it('at one account from many places lock out strangers, and not an owner whose network or browser is known', async () => {
    await login(adminEmail, password, { address: '2001:db8:1:2::1', agent: 'Browser of the owner' })
    await refusal(login(adminEmail, 'wrong password', { address: '198.51.100.1' }))
    await countTo(`sign-in as ${adminEmail}`, 100)
    expect((await refusal(login(adminEmail, password, { address: '198.51.100.2', agent: 'Stranger' }))).code, 'a stranger').to.equal(
      'too_many_requests',
    )
    await login(adminEmail, password, { address: '2001:db8:1:2::99', agent: 'New browser' })
    await login(adminEmail, password, { address: '198.51.100.3', agent: 'Browser of the owner' })
    const copied = Array.from({ length: 12 }, (_, n) =>
      login(adminEmail, 'wrong password', { address: `198.51.100.${10 + n}`, agent: 'New browser' }),
    )
    const codes = (await Promise.all(copied.map(refusal))).map(({ code }) => code)
    expect(
      codes.filter((code) => code === 'wrong_credentials'),
      'who copies the name of a known browser',
    ).to.have.length(10)
    await login(adminEmail, password, { address: '2001:db8:1:2::1' })
  })

  it('at one account are not let through by an origin that was known more than thirty days ago', async () => {
    const entered = await login(adminEmail, password, { address: '192.0.2.50', agent: 'Old' })
    await school.as(entered.accessToken).auth.logout({})
    school.world.clock.set(new Date(Date.now() + 29 * dayMs))
    await refusal(login(adminEmail, 'wrong password', { address: '198.51.100.1' }))
    await countTo(`sign-in as ${adminEmail}`, 100)
    await login(adminEmail, password, { address: '192.0.2.50', agent: 'Old' })
    await school.world.sql(`update "user".session set used_at = used_at - interval '31 days'`)
    expect((await refusal(login(adminEmail, password, { address: '192.0.2.50', agent: 'Old' }))).code).to.equal('too_many_requests')
  })

  const guessCode = async (address: string) =>
    (await refusal(school.as(undefined, { address }).auth.acceptInvitation({ code: 'AAAA-AAAA', name: 'X' }))).code
  const codesFrom = async (addresses: string[]) => {
    const codes: string[] = []
    for (const address of addresses) codes.push(await guessCode(address))
    return codes.filter((code) => code === 'link_not_valid').length
  }

  it('at codes are counted by network with IPv6: ten from a device, forty from a household', async () => {
    expect(await codesFrom(Array.from({ length: 15 }, (_, n) => `2001:db8:7:0:1::${n}`))).to.equal(10)
    expect(await codesFrom(Array.from({ length: 50 }, (_, n) => `2001:db8:7:${(n % 5) + 1}::1`))).to.equal(30)
    expect(await guessCode('2001:db8:7:100::1')).to.equal('link_not_valid')
  })

  it('at codes have a bound from all places together, which leaves the links alone', async () => {
    await guessCode('203.0.113.1')
    await countTo('codes', 999)
    expect(await guessCode('203.0.113.2')).to.equal('link_not_valid')
    expect(await guessCode('203.0.113.3')).to.equal('too_many_requests')
    const { token } = await school.as(school.admin.accessToken).people.invite({ role: 'student' })
    const joined = await school.as(undefined, { address: '203.0.113.4' }).auth.acceptInvitation({ token, name: 'X' })
    expect(joined.memberships).to.have.length(1)
  })
})
