import { randomUUIDv7 } from 'node:crypto'
import { Refused } from '@repitbot/contracts/client'
import { botSecret, serviceSecret } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import { clientsAt } from '../clients.ts'
import { openPlatform, type Platform, password } from '../platform.ts'

describe('forged headers through the gateway', () => {
  let platform: Platform
  before(async () => {
    platform = await openPlatform()
  })
  after(() => platform?.close())

  /** Headers by which a client may pretend to be another one. */
  const forged = (): Record<string, string> => ({
    'x-forwarded-for': '203.0.113.7',
    'x-forwarded-host': 'evil.test',
    'x-forwarded-proto': 'https',
    forwarded: 'for=203.0.113.7;proto=https',
    'x-real-ip': '203.0.113.7',
    'x-client-address': '203.0.113.7',
    'x-user-id': platform.people.admin.userId,
    'x-user-role': 'admin',
    'x-school-id': platform.people.stranger.schoolId,
    'x-role': 'admin',
    'x-service-secret': serviceSecret,
    'x-http-method-override': 'DELETE',
    'x-original-url': '/service/revocations',
  })
  const clientWith = (token?: string, headers = forged()) => clientsAt(() => platform.gateway.url, token, headers)
  const refusal = async (call: Promise<unknown>) => {
    const error = await call.then(() => undefined).catch((thrown: unknown) => thrown)
    return error instanceof Refused ? error.problem : undefined
  }

  it('sign nobody in', async () => {
    expect((await refusal(clientWith().people.list({})))?.code).to.equal('not_signed_in')
    expect((await refusal(clientWith().trust.revocations({})))?.status).to.equal(404)
    const secret = { 'x-service-secret': botSecret }
    expect((await refusal(clientWith(undefined, secret).people.list({})))?.code).to.equal('not_signed_in')
  })

  it('change neither the caller nor the role', async () => {
    const { student } = platform.people
    const me = await clientWith(student.accessToken).auth.me({})
    expect([me.card.userId, me.card.role, me.schoolId]).to.deep.equal([student.userId, 'student', student.schoolId])
    expect(
      (await refusal(clientWith(student.accessToken).lessonPolicy.set({ noticeHours: 0, lateChargePercent: 0, version: 1 })))?.code,
    ).to.equal('forbidden')
    const seen = await clientWith(student.accessToken).people.list({})
    expect(seen.map(({ userId }) => userId)).to.deep.equal([student.userId])
  })

  it('do not change the address of the client, nor its limits', async () => {
    const { email } = platform.people.parent
    const { accessToken } = await clientWith().auth.login({ email, password })
    const [session] = (await clientWith(accessToken).auth.sessions({})).filter(({ current }) => current)
    expect(session?.address).to.match(/^(::ffff:)?127\.0\.0\.1$/)
    const guesses = Array.from({ length: 11 }, (_, guess) => {
      const address = `203.0.113.${guess}`
      const headers = { ...forged(), 'x-forwarded-for': address, 'x-client-address': address, forwarded: `for=${address}` }
      return refusal(clientWith(undefined, headers).auth.login({ email, password: 'a wrong guess' }))
    })
    const codes = (await Promise.all(guesses)).map((problem) => problem?.code)
    expect(codes.filter((code) => code === 'wrong_credentials')).to.have.length(10)
    const last = await fetch(`${platform.gateway.url}/auth/login`, {
      method: 'POST',
      headers: { ...forged(), 'content-type': 'application/json' },
      body: JSON.stringify({ email, password }),
    })
    expect([last.status, Number(last.headers.get('retry-after')) > 0]).to.deep.equal([429, true])
  })

  it('set neither the correlation id nor the Secure flag of cookies', async () => {
    const id = randomUUIDv7()
    const answer = await fetch(`${platform.gateway.url}/auth/login`, {
      method: 'POST',
      headers: { ...forged(), 'x-correlation-id': id, 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
      body: JSON.stringify({ email: platform.people.tutor.email, password }),
    })
    expect(answer.headers.get('x-correlation-id'))
      .to.match(/^[\w-]{36}$/)
      .and.not.equal(id)
    expect(answer.headers.get('set-cookie'))
      .to.match(/HttpOnly/)
      .and.not.match(/Secure/)
  })
})
