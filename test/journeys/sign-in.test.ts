import { setTimeout as sleep } from 'node:timers/promises'
import type { SignedIn } from '@repitbot/contracts/auth'
import { Refused } from '@repitbot/contracts/client'
import { changeRole } from '@repitbot/kit/testing/seen'
import { serviceSecret } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import { clientsAt } from '../clients.ts'
import { openPlatform, type Platform, password } from '../platform.ts'

describe('signing in through the gateway', () => {
  let platform: Platform
  before(async function () {
    this.timeout(60_000)
    platform = await openPlatform()
  })
  after(() => platform?.close())

  const post = (path: string, body: object, headers: Record<string, string> = {}) =>
    fetch(platform.gateway.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  const browser = { 'sec-fetch-site': 'same-origin' }
  const me = (token: string) => clientsAt(() => platform.gateway.url, token).auth.me({})
  const statusOf = (call: Promise<unknown>) =>
    call.then(
      () => 200,
      (error: unknown) => (error instanceof Refused ? error.problem.status : 0),
    )
  const cookieOf = (answer: Response) => answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''

  it("keeps a browser's refresh token in a cookie that no script can read, and refreshes by it", async () => {
    const { email } = platform.people.parent
    const entered = await post('/auth/login', { email, password }, browser)
    const [cookie = ''] = entered.headers.getSetCookie()
    expect(cookie).to.match(/^refresh=[\w-]+;/)
    for (const attribute of ['HttpOnly', 'SameSite=Strict', 'Path=/auth']) expect(cookie).to.include(attribute)
    const body = (await entered.json()) as SignedIn
    expect(body).to.have.property('accessToken')
    expect(body).not.to.have.property('refreshToken')

    const again = await post('/auth/refresh', {}, { ...browser, cookie: cookieOf(entered) })
    const { accessToken } = (await again.json()) as SignedIn
    expect((await me(accessToken)).card.email).to.equal(email)
    expect(cookieOf(again), 'each refresh token is used once').not.to.equal(cookieOf(entered))

    const signedOut = await post('/auth/logout', {}, { ...browser, authorization: `Bearer ${accessToken}`, cookie: cookieOf(again) })
    expect([signedOut.status, signedOut.headers.getSetCookie()[0]]).to.satisfy(
      ([status, removed]: [number, string]) => status === 204 && removed.startsWith('refresh=;'),
    )
    expect((await post('/auth/refresh', {}, { ...browser, cookie: cookieOf(again) })).status).to.equal(401)
  })

  it('knows the page by its own header where a browser says nothing, as over plain http', async () => {
    const { email } = platform.people.parent
    const page = { 'x-client-page': '1' }
    const entered = await post('/auth/login', { email, password }, page)
    expect(await entered.json()).not.to.have.property('refreshToken')
    expect((await post('/auth/refresh', {}, { ...page, cookie: cookieOf(entered) })).status).to.equal(200)
  })

  it('takes the cookie from no other site, and from no form or image of one', async () => {
    const { email } = platform.people.parent
    const cookie = cookieOf(await post('/auth/login', { email, password }, browser))
    for (const site of ['cross-site', 'same-site', 'none'])
      for (const more of [{}, { 'x-client-page': '1' }] as Record<string, string>[])
        expect((await post('/auth/refresh', {}, { ...more, 'sec-fetch-site': site, cookie })).status, site).to.equal(400)
    const simple = await fetch(`${platform.gateway.url}/auth/refresh`, {
      method: 'POST',
      headers: { 'sec-fetch-site': 'cross-site', cookie },
    })
    expect(simple.status).to.equal(400)
    expect((await post('/auth/refresh', {}, { ...browser, cookie })).status, 'it is still good').to.equal(200)
  })

  it('believes only the gateway what address a client has, and whether it came by https', async () => {
    const { email } = platform.people.sibling
    const direct = (more: Record<string, string>) =>
      fetch(`${platform.origin('user', 'service')}/auth/login`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...browser,
          'x-client-address': '203.0.113.50',
          'x-forwarded-proto': 'https',
          ...more,
        },
        body: JSON.stringify({ email, password }),
      })
    const addressOf = async (answer: Response) => {
      const { accessToken } = (await answer.clone().json()) as SignedIn
      const sessions = await clientsAt(() => platform.gateway.url, accessToken).auth.sessions({})
      return sessions.find(({ current }) => current)?.address
    }
    for (const guess of [{}, { 'x-gateway-secret': 'a guess' }, { 'x-service-secret': serviceSecret }] as Record<string, string>[]) {
      const answer = await direct(guess)
      expect(await addressOf(answer)).to.match(/127\.0\.0\.1$/)
      expect(answer.headers.getSetCookie()[0])
        .to.match(/^refresh=/)
        .and.not.contain('Secure')
    }
    const known = await direct({ 'x-gateway-secret': serviceSecret })
    expect(await addressOf(known)).to.equal('203.0.113.50')
    expect(known.headers.getSetCookie()[0]).to.match(/^__Secure-refresh=.*; Secure/)
    const renew = (cookie: string) =>
      fetch(`${platform.origin('user', 'service')}/auth/refresh`, {
        method: 'POST',
        headers: { ...browser, 'x-gateway-secret': serviceSecret, 'x-forwarded-proto': 'https', cookie },
      })
    expect((await renew(cookieOf(known).replace('__Secure-', ''))).status, 'a cookie that plain http may have set').to.equal(400)
    expect((await renew(cookieOf(known))).status).to.equal(200)
  })

  it('gives other clients the refresh token as JSON, sets no cookie, and accepts none', async () => {
    const entered = await post('/auth/login', { email: platform.people.parent.email, password })
    const { refreshToken } = (await entered.json()) as SignedIn
    expect([refreshToken.length > 40, entered.headers.getSetCookie()]).to.deep.equal([true, []])
    const byCookie = await post('/auth/refresh', {}, { cookie: `refresh=${refreshToken}` })
    expect(byCookie.status).to.equal(400)
    expect((await post('/auth/refresh', { refreshToken })).status).to.equal(200)
  })

  it('refuses every access token within 5 seconds after sign-out, disabling, a change of role or of password', async () => {
    const { as, newcomer } = platform
    const own = (token: string) => clientsAt(() => platform.gateway.url, token)
    const ends: Record<string, (who: { userId: string; accessToken: string }) => Promise<unknown>> = {
      'sign-out': ({ accessToken }) => own(accessToken).auth.logout({}),
      'sign-out everywhere': ({ accessToken }) => own(accessToken).auth.signOutEverywhere({}),
      disabling: ({ userId }) => as('admin', 'gateway').people.disable({ userId }),
      'another role': ({ userId }) => changeRole(as('admin', 'gateway'), { userId, role: 'tutor' }),
    }
    for (const [what, end] of Object.entries(ends)) {
      const who = await newcomer('parent', 'A', [platform.people.student.userId])
      expect(await statusOf(me(who.accessToken)), what).to.equal(200)
      await end(who)
      await refusedSoon(who.accessToken, what)
    }
    const who = await newcomer('tutor')
    const elsewhere = await platform.signIn(who.email)
    await own(who.accessToken).auth.changePassword({ password, newPassword: `${password}!` })
    await refusedSoon(elsewhere.accessToken, 'the password changed elsewhere')
    expect(await statusOf(me(who.accessToken)), 'the session that changed it stays').to.equal(200)
  })
  const refusedSoon = async (token: string, what: string) => {
    for (const begun = Date.now(); (await statusOf(me(token))) !== 401 && Date.now() - begun < 5_000; ) await sleep(20)
    expect(await statusOf(me(token)), what).to.equal(401)
  }

  it('ends all sessions that came from a refresh token which is used twice', async () => {
    const { refreshToken, accessToken } = await newcomerTokens()
    const refresh = (token: string, agent: string) => post('/auth/refresh', { refreshToken: token }, { 'user-agent': agent })
    const next = (await (await refresh(refreshToken, 'honest')).json()) as SignedIn
    const stolen = await refresh(refreshToken, 'thief')
    expect(stolen.status).to.equal(401)
    await refusedSoon(accessToken, 'the first')
    await refusedSoon(next.accessToken, 'its successor')
    expect((await refresh(next.refreshToken, 'honest')).status).to.equal(401)
  })
  const newcomerTokens = async () => platform.newcomer('tutor')
})

describe('signing in', () => {
  let platform: Platform
  before(async () => {
    platform = await openPlatform()
  })
  after(() => platform?.close())

  it('works while the signing key is rotated: no request to any service fails', async function () {
    this.timeout(60_000)
    const { world, people } = platform
    await sleep(1_100)
    const user = world.services.find(({ name }) => name === 'user')
    const { userService } = await import('@repitbot/user/service')
    const job = userService.jobs?.(user?.deps as never).rotateKeys
    const args = { schoolId: '', correlationId: 'rotation', payload: {} }
    const begun = world.clock.now().getTime()
    let { accessToken, refreshToken } = await platform.signIn(people.student.email)
    const kids = new Set<string>()
    await job?.run(args)
    for (let second = 0; second <= 1_500; second += 60) {
      world.clock.set(new Date(begun + second * 1000))
      const before = accessToken
      ;({ accessToken, refreshToken } = await clientsAt(() => platform.gateway.url).auth.refresh({ refreshToken }))
      kids.add((JSON.parse(Buffer.from(accessToken.split('.')[0] ?? '', 'base64url').toString()) as { kid: string }).kid)
      for (const token of [before, accessToken])
        for (const via of ['service', 'gateway'] as const) {
          const clients = clientsAt((service) => platform.origin(service, via), token)
          const calls = [
            clients.auth.me({}),
            clients.lessonPolicy.get({}),
            clients.students.progress({ studentId: people.student.userId }),
            clients.inbox.unread({}),
          ]
          await Promise.all(calls)
        }
    }
    expect(kids.size, 'both keys have signed').to.equal(2)
    await job?.run(args)
    expect((await clientsAt((service) => world.url(service)).trust.jwks({})).keys.map(({ kid }) => kid)).not.to.include([...kids][0])
  })
})
