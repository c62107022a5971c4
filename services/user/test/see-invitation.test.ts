import { openWorld, serviceSecret, type World } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import { userService } from '../src/service.ts'
import { join, type OpenSchool, openSchool, password, refusal, type Speaker } from './school.ts'

describe('What an invitation is for', () => {
  let school: OpenSchool<World>
  let tutor: Awaited<ReturnType<typeof join>>
  let admin: Speaker
  before(async () => {
    school = await openSchool(await openWorld({ services: [userService], people: false }), serviceSecret)
    admin = school.as(school.admin.accessToken)
    tutor = await join(school, school.admin, { role: 'tutor', name: 'Ольга' })
  })
  after(() => school.world.close())
  afterEach(() => school.world.clock.real())
  let count = 0
  const page = () => school.as(undefined, { address: `198.51.100.${count++}` }).auth

  it('is told before anything is typed, by link and by code, and it stays good', async () => {
    const child = await tutor.as.people.create({ role: 'student', name: 'Маша' })
    const mother = await tutor.as.people.create({ role: 'parent', name: 'Елена', studentIds: [child.userId] })
    const facts = { school: 'School', invitedBy: 'Ольга' }
    const asNew = await tutor.as.people.invite({ role: 'parent', studentIds: [child.userId] })
    expect(await page().seeInvitation({ token: asNew.token })).to.deep.include({ ...facts, role: 'parent', name: null, students: ['Маша'] })
    const asKnown = await tutor.as.people.invite({ role: 'parent', userId: mother.userId })
    const seen = { ...facts, role: 'parent', name: 'Елена', students: ['Маша'], expiresAt: asKnown.expiresAt }
    expect(await page().seeInvitation({ code: asKnown.code! })).to.deep.equal(seen)
    expect(await page().seeInvitation({ token: asKnown.token })).to.deep.equal(seen)
    await page().acceptInvitation({ token: asKnown.token, email: 'elena@school.test', password })
    expect((await refusal(page().seeInvitation({ token: asKnown.token }))).code).to.equal('link_not_valid')
  })

  it('is told of no invitation that is over, made up, or made by somebody who may no longer bring', async () => {
    const { token } = await tutor.as.people.invite({ role: 'student' })
    school.world.clock.set(new Date(Date.now() + 8 * 86_400_000))
    expect((await refusal(page().seeInvitation({ token }))).code).to.equal('link_not_valid')
    school.world.clock.real()
    expect((await refusal(page().seeInvitation({ token: 'never-made' }))).code).to.equal('link_not_valid')
    await school.world.sql('update "user".membership set active = false where id = $1', [tutor.userId])
    expect((await refusal(page().seeInvitation({ token }))).code).to.equal('link_not_valid')
    await school.world.sql('update "user".membership set active = true where id = $1', [tutor.userId])
  })

  it('has the limit of guessing codes', async () => {
    const guess = () => refusal(school.as(undefined, { address: '203.0.113.9' }).auth.seeInvitation({ code: 'AAAA-AAAA' }))
    const codes = await Promise.all(Array.from({ length: 15 }, async () => (await guess()).code))
    expect(codes.filter((code) => code === 'link_not_valid')).to.have.length(10)
  })

  it('begins with language and zone of the device, for somebody new and for somebody who waited', async () => {
    const waiting = await admin.people.create({ role: 'student', name: 'Waiting' })
    for (const userId of [undefined, waiting.userId]) {
      const { token } = await admin.people.invite({ role: 'student', userId })
      const given = { name: 'Ann', language: 'en', zone: 'America/New_York' } as const
      const entered = await page().acceptInvitation({ token, ...given })
      expect((await school.as(entered.accessToken).auth.me({})).card).to.include(given)
    }
    const { token } = await admin.people.invite({ role: 'student' })
    expect((await refusal(page().acceptInvitation({ token, name: 'X', zone: 'Mars/North' }))).fields).to.deep.equal(['zone'])
  })
})
