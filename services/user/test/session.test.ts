import { changeRole } from '@repitbot/kit/testing/seen'
import { openWorld, serviceSecret, type World } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import { userService } from '../src/service.ts'
import { adminEmail, join, type OpenSchool, openSchool, password, refusal, secondSchool } from './school.ts'

const dayMs = 86_400_000

describe('A session', () => {
  let school: OpenSchool<World>
  before(async () => {
    school = await openSchool(await openWorld({ services: [userService], people: false }), serviceSecret)
  })
  after(() => school.world.close())
  afterEach(() => school.world.clock.real())
  const login = (agent = 'test') => school.as(undefined, { agent }).auth.login({ email: adminEmail, password })
  const refresh = (refreshToken: string, agent = 'test', address?: string) =>
    school.as(undefined, { agent, address }).auth.refresh({ refreshToken })
  const revoked = async () => (await school.as().trust.revocations({})).sessionIds
  const sidOf = (accessToken: string) => JSON.parse(Buffer.from(accessToken.split('.')[1]!, 'base64url').toString()).sid as string

  it('rotates its refresh token at each use', async () => {
    let { refreshToken } = await login()
    const seen = new Set([refreshToken])
    for (let round = 0; round < 5; round++) {
      const next = await refresh(refreshToken)
      refreshToken = next.refreshToken
      seen.add(refreshToken)
      expect((await school.as(next.accessToken).auth.me({})).card.role).to.equal('admin')
    }
    expect(seen.size).to.equal(6)
  })

  it('gives the same successor to twenty refreshes of one token at once', async () => {
    const { refreshToken } = await login()
    const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(refreshToken)))
    expect(new Set(answers.map((answer) => answer.refreshToken)).size).to.equal(1)
    await refresh(answers[0]!.refreshToken)
  })

  it('ends with its whole family when a used token comes again, at once', async () => {
    const signals: object[] = []
    school.deps.signals.listen('sessions.revoked', (message) => signals.push(message))
    const first = await login()
    const second = await refresh(first.refreshToken)
    const third = await refresh(second.refreshToken)
    expect((await refusal(refresh(first.refreshToken))).code).to.equal('session_over')
    expect((await refusal(refresh(third.refreshToken))).code).to.equal('session_over')
    expect(await revoked()).to.include.members([sidOf(first.accessToken)])
    expect(signals).to.deep.equal([{ sessionIds: [sidOf(first.accessToken)] }])
  })

  it('goes on when the reply to a refresh was lost: at once from another network, and the next day', async () => {
    const { refreshToken } = await login()
    await refresh(refreshToken)
    const again = await refresh(refreshToken, 'test', '198.51.100.7')
    const next = await refresh(again.refreshToken)
    school.world.clock.set(new Date(Date.now() + dayMs))
    const nextDay = await refresh(again.refreshToken)
    await refresh(nextDay.refreshToken)
    expect((await refusal(refresh(next.refreshToken))).code, 'what was thought lost comes after all').to.equal('session_over')
    expect((await refusal(refresh(nextDay.refreshToken))).code).to.equal('session_over')
  })

  it('ends when the just-used token comes from another program', async () => {
    const { refreshToken } = await login()
    const next = await refresh(refreshToken)
    await refusal(refresh(refreshToken, 'other'))
    expect((await refusal(refresh(next.refreshToken))).code).to.equal('session_over')
  })

  it('is not changed by tokens that were made up', async () => {
    const { refreshToken } = await login()
    const bytes = Buffer.from(refreshToken, 'base64url')
    for (let at = 0; at < bytes.length; at += 3) {
      const altered = Buffer.from(bytes)
      altered[at] = altered[at]! ^ 0x55
      expect((await refusal(refresh(altered.toString('base64url')))).code).to.equal('session_over')
    }
    for (const junk of ['x', 'a'.repeat(70), "' or 1=1 --"]) expect((await refusal(refresh(junk))).status).to.equal(401)
    await refresh(refreshToken)
  })

  it('ends after 30 days without use and after 180 days in any case', async () => {
    const idle = await login()
    let used = (await login()).refreshToken
    const begun = Date.now()
    for (let day = 29; day < 180; day += 29) {
      school.world.clock.set(new Date(begun + day * dayMs))
      used = (await refresh(used)).refreshToken
    }
    school.world.clock.set(new Date(begun + 181 * dayMs))
    expect((await refusal(refresh(used))).code).to.equal('session_over')
    school.world.clock.set(new Date(begun + 31 * dayMs))
    expect((await refusal(refresh(idle.refreshToken))).code).to.equal('session_over')
  })

  it('is listed with the others, and ended alone or with them', async () => {
    const [phone, laptop, tablet] = [await login('phone'), await login('laptop'), await login('tablet')]
    const me = school.as(laptop.accessToken)
    const listed = await me.auth.sessions({})
    expect(listed.map(({ agent }) => agent)).to.include.members(['phone', 'laptop', 'tablet'])
    expect(listed.filter(({ current }) => current).map(({ agent }) => agent)).to.deep.equal(['laptop'])
    await me.auth.endSession({ sessionId: sidOf(phone.accessToken) })
    expect((await refusal(refresh(phone.refreshToken, 'phone'))).code).to.equal('session_over')
    await refresh(tablet.refreshToken, 'tablet')
    await me.auth.signOutEverywhere({})
    for (const [one, agent] of [
      [laptop, 'laptop'],
      [tablet, 'tablet'],
    ] as const)
      expect((await refusal(refresh(one.refreshToken, agent))).code).to.equal('session_over')
    expect(await revoked()).to.include.members([phone, laptop, tablet].map((one) => sidOf(one.accessToken)))
  })

  it('of somebody else cannot be seen or ended', async () => {
    const tutor = await join(school, school.admin, { role: 'tutor', name: 'Tutor' })
    expect(await tutor.as.auth.sessions({})).to.have.length(1)
    const admin = await login()
    expect((await refusal(tutor.as.auth.endSession({ sessionId: sidOf(admin.accessToken) }))).status).to.equal(404)
    await refresh(admin.refreshToken)
  })

  it('ends at sign-out', async () => {
    const entered = await login()
    await school.as(entered.accessToken).auth.logout({})
    expect((await refusal(refresh(entered.refreshToken))).code).to.equal('session_over')
    expect(await revoked()).to.include(sidOf(entered.accessToken))
  })

  it('ends for a member who is disabled or changes role, who signs in again only when enabled', async () => {
    const tutor = await join(school, school.admin, { role: 'tutor', name: 'Tutor' })
    const admin = school.as(school.admin.accessToken)
    const enter = () => school.as().auth.login({ email: tutor.email, password })
    await admin.people.disable({ userId: tutor.userId })
    expect((await refusal(refresh(tutor.refreshToken))).code).to.equal('session_over')
    expect((await refusal(enter())).code).to.equal('membership_closed')
    expect(await revoked()).to.include(sidOf(tutor.accessToken))
    await admin.people.enable({ userId: tutor.userId })
    const again = await enter()
    await changeRole(admin, { userId: tutor.userId, role: 'admin' })
    expect((await refusal(refresh(again.refreshToken))).code).to.equal('session_over')
    expect((await enter()).memberships[0]!.role).to.equal('admin')
  })

  it('switches only to another membership of the same person, in a new session', async () => {
    const second = await secondSchool(school, adminEmail)
    const entered = await login()
    expect(entered.memberships.map(({ userId }) => userId)).to.have.members([school.admin.userId, second.userId])
    const switched = await school.as(entered.accessToken).auth.switch({ userId: second.userId })
    const me = await school.as(switched.accessToken).auth.me({})
    expect(me.schoolId).to.equal(second.schoolId)
    expect((await refusal(refresh(entered.refreshToken))).code).to.equal('session_over')
    const tutor = await join(school, school.admin, { role: 'tutor', name: 'Tutor' })
    expect((await refusal(school.as(switched.accessToken).auth.switch({ userId: tutor.userId }))).status).to.equal(404)
  })

  it('ends on the day on which it would have ended, however often it goes on as another membership', async () => {
    const { userId } = await secondSchool(school, adminEmail)
    const endOf = async (accessToken: string) => (await school.as(accessToken).auth.sessions({})).find(({ current }) => current)?.expiresAt
    const entered = await login()
    const end = await endOf(entered.accessToken)
    const begun = Date.now()
    let token = entered.refreshToken
    for (const [day, to] of [
      [20, userId],
      [40, school.admin.userId],
    ] as const) {
      school.world.clock.set(new Date(begun + day * dayMs))
      const { accessToken } = await refresh(token)
      const switched = await school.as(accessToken).auth.switch({ userId: to })
      expect(await endOf(switched.accessToken), `after ${day} days`).to.equal(end)
      token = switched.refreshToken
    }
  })

  it('of a membership that is closed is refreshed no more, also where the session itself was left standing', async () => {
    const tutor = await join(school, school.admin, { role: 'tutor', name: 'Tutor' })
    await school.world.sql('update "user".membership set active = false where id = $1', [tutor.userId])
    expect((await refusal(refresh(tutor.refreshToken))).code).to.equal('session_over')
    await school.world.sql('update "user".membership set active = true where id = $1', [tutor.userId])
    await refresh(tutor.refreshToken)
  })

  it('is switched once, when ten requests come at once', async () => {
    const { userId } = await secondSchool(school, adminEmail)
    const entered = await login()
    const switches = await Promise.allSettled(Array.from({ length: 10 }, () => school.as(entered.accessToken).auth.switch({ userId })))
    expect(switches.filter(({ status }) => status === 'fulfilled')).to.have.length(1)
  })

  it('outlives a change of password only where it was changed', async () => {
    const [here, there] = [await login(), await login()]
    const change = (given: string) =>
      school.as(here.accessToken).auth.changePassword({ password: given, newPassword: 'another long password' })
    expect((await refusal(change('wrong password'))).code).to.equal('wrong_credentials')
    await change(password)
    expect((await refusal(refresh(there.refreshToken))).code).to.equal('session_over')
    await refresh(here.refreshToken)
    expect((await refusal(login())).code).to.equal('wrong_credentials')
  })
})
