import { setTimeout as sleep } from 'node:timers/promises'
import { changeRole } from '@repitbot/kit/testing/seen'
import { expect } from 'chai'
import { clientsAt } from '../clients.ts'
import { openPlatform, type Platform, password } from '../platform.ts'

/** Promised for every end of a session. */
const endsMsMax = 5_000

describe('an open stream', function () {
  this.timeout(60_000)
  let platform: Platform
  before(async () => {
    platform = await openPlatform()
  })
  after(() => platform?.close())

  const signIn = async (email: string) => {
    const { accessToken } = await clientsAt(() => platform.gateway.url, '').auth.login({ email, password })
    return { accessToken, as: clientsAt(() => platform.gateway.url, accessToken) }
  }
  /** Opens a stream, does something, and tells whether the stream ended in time. */
  const endsAfter = async (accessToken: string, act: () => Promise<unknown>) => {
    const authorization = `Bearer ${accessToken}`
    const answer = await fetch(`${platform.gateway.url}/api/v1/inbox/stream`, { headers: { authorization } })
    expect(answer.status).to.equal(200)
    const ended = answer.text().then(
      () => true,
      () => true,
    )
    await act()
    return Promise.race([ended, sleep(endsMsMax, false)])
  }

  it('ends when its person signs out', async () => {
    const { accessToken, as } = await signIn(platform.people.parent.email)
    expect(await endsAfter(accessToken, () => as.auth.logout({}))).to.equal(true)
  })

  it('ends when its person gets another role, and when the membership is closed', async () => {
    const admin = clientsAt(() => platform.gateway.url, platform.people.admin.accessToken)
    const { email, userId } = platform.people.sibling
    const first = await signIn(email)
    expect(await endsAfter(first.accessToken, () => changeRole(admin, { userId, role: 'tutor' }))).to.equal(true)
    const second = await signIn(email)
    expect(await endsAfter(second.accessToken, () => admin.people.disable({ userId }))).to.equal(true)
  })
})
