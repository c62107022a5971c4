import { hash } from '@node-rs/argon2'
import { openWorld, serviceSecret, type World } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import { userService } from '../src/service.ts'
import { adminEmail, join, type OpenSchool, openSchool, password, refusal } from './school.ts'

const minuteMs = 60_000

describe('Signing in', () => {
  let school: OpenSchool<World>
  before(async () => {
    school = await openSchool(await openWorld({ services: [userService], people: false }), serviceSecret)
  })
  after(() => school.world.close())
  const login = (email: string, given: string, address = '192.0.2.1') =>
    school.as(undefined, { address }).auth.login({ email, password: given })

  it('gives tokens that are accepted, whatever the case of the e-mail', async () => {
    const entered = await login(' Admin@School.TEST ', password)
    expect(entered.expiresIn).to.be.at.most(600)
    expect(entered.memberships).to.have.length(1)
    const me = await school.as(entered.accessToken).auth.me({})
    expect(me.card).to.include({ role: 'admin', name: 'Anna', email: adminEmail, version: 1 })
    expect(me.memberships[0]!.school).to.equal('School')
  })

  it('gives the same reply for a wrong password and an unknown e-mail', async () => {
    const wrong = await refusal(login(adminEmail, 'wrong password', '192.0.2.9'))
    const unknown = await refusal(login('nobody@school.test', 'wrong password', '192.0.2.9'))
    expect(wrong).to.deep.equal(unknown)
    expect(wrong).to.deep.include({ code: 'wrong_credentials', status: 401 })
  })

  it('takes as long for an unknown e-mail as for a wrong password', async () => {
    const taken: Record<string, number[]> = { [adminEmail]: [], 'nobody@school.test': [] }
    for (let round = 0; round < 15; round++)
      for (const email of Object.keys(taken)) {
        const begun = performance.now()
        await refusal(login(email, 'wrong password', `198.51.100.${round}`))
        taken[email]!.push(performance.now() - begun)
      }
    const [existing, unknown] = Object.values(taken).map((times) => times.toSorted((a, b) => a - b)[7]!)
    expect(unknown! / existing!).to.be.within(0.6, 1.7)
  })

  it('stops at ten failures of one account from one address, existing or not, also when they come at once', async () => {
    for (const [email, address] of [
      [adminEmail, '192.0.2.10'],
      ['nobody@school.test', '192.0.2.11'],
    ] as const) {
      const codes = await Promise.all(Array.from({ length: 40 }, async () => (await refusal(login(email, 'wrong password', address))).code))
      expect(codes.filter((code) => code === 'wrong_credentials')).to.have.length(10)
      expect(codes.filter((code) => code === 'too_many_requests')).to.have.length(30)
    }
    expect((await refusal(login(adminEmail, password, '192.0.2.10'))).code).to.equal('too_many_requests')
    await login(adminEmail, password, '192.0.2.12')
  })

  it('takes a password however its keyboard composes letters, and one that was set before all were written alike', async () => {
    const [composed, decomposed] = ['пароль-йога-é-12'.normalize('NFC'), 'пароль-йога-é-12'.normalize('NFD')]
    const set = async (given: string) => {
      const tutor = await join(school, school.admin, { role: 'tutor', name: 'Tutor' })
      await tutor.as.auth.changePassword({ password, newPassword: given })
      return tutor.email
    }
    for (const given of [composed, decomposed]) {
      const email = await set(given)
      for (const typed of [composed, decomposed]) await login(email, typed)
      expect((await refusal(login(email, 'пароль-йога-е-12'))).code).to.equal('wrong_credentials')
    }
    const email = await set(composed)
    await school.world.sql('update "user".person set password_hash = $2 where email = $1', [email, await hash(decomposed)])
    for (const typed of [composed, decomposed]) await login(email, typed)
  })

  it('replies how long to wait, and allows another try after it', async () => {
    const address = '192.0.2.20'
    for (let attempt = 0; attempt < 10; attempt++) await refusal(login(adminEmail, 'wrong password', address))
    const body = JSON.stringify({ email: adminEmail, password })
    const headers = { 'content-type': 'application/json', 'x-client-address': address, 'x-gateway-secret': serviceSecret }
    const response = await fetch(`${school.world.url('user')}/auth/login`, { method: 'POST', headers, body })
    expect(response.status).to.equal(429)
    expect(Number(response.headers.get('retry-after'))).to.be.within(1, 900)
    school.world.clock.set(new Date(Date.now() + 15 * minuteMs + 1000))
    await login(adminEmail, password, address)
    school.world.clock.real()
  })

  it('counts no failures from before a success', async () => {
    for (let round = 0; round < 3; round++) {
      for (let attempt = 0; attempt < 9; attempt++) await refusal(login(adminEmail, 'wrong password', '192.0.2.13'))
      await login(adminEmail, password, '192.0.2.13')
    }
  })

  it('stores neither e-mails nor addresses of attempts in plain text', async () => {
    const rows = await school.world.sql('select key from "user".attempt')
    expect(rows.length).to.be.above(0)
    expect(JSON.stringify(rows)).to.not.match(/@|192\.0/)
  })

  it('refuses unknown and missing fields by name', async () => {
    const { fields, code } = await refusal(school.as().auth.login({ email: 'x', password: '', admin: true } as never))
    expect(code).to.equal('invalid_input')
    expect(fields).to.have.members(['email', 'password', 'admin'])
  })

  it('keeps the refresh token of a browser in a cookie that scripts cannot read', async () => {
    const post = (path: string, body: object, cookie = '') =>
      fetch(`${school.world.url('user')}/auth/${path}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'sec-fetch-site': 'same-origin',
          'x-client-address': '192.0.2.14',
          'x-gateway-secret': serviceSecret,
          cookie,
        },
        body: JSON.stringify(body),
      })
    const entered = await post('login', { email: adminEmail, password })
    const cookie = entered.headers.get('set-cookie') ?? ''
    expect(cookie).to.match(/^refresh=[\w-]+; .*Path=\/auth; .*HttpOnly; .*SameSite=Strict/)
    expect(await entered.json()).to.not.have.property('refreshToken')
    const renewed = await post('refresh', {}, cookie.split(';')[0])
    expect(renewed.status).to.equal(200)
    expect(await renewed.json()).to.have.all.keys('accessToken', 'expiresIn')
  })
})
