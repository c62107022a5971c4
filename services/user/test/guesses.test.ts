import { randomUUIDv7 } from 'node:crypto'
import { openWorld, serviceSecret, type World } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import { userService } from '../src/service.ts'
import { type OpenSchool, openSchool, password, refusal } from './school.ts'

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
      const [row] = await school.world.sql<{ count: number }>(
        `select count(*)::int as count from pg_stat_activity
         where datname = current_database() and state like 'idle in transaction%' and state_change < now() - interval '30 ms'`,
      )
      held.push(row!.count)
    }
    expect((await asked).map(({ code }) => code)).to.deep.equal(Array(20).fill('wrong_credentials'))
    expect(Math.max(...held)).to.equal(0)
    await change(password, '192.0.2.30')
  })
})
