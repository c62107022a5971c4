import { openWorld, serviceSecret, type World } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import { userService } from '../src/service.ts'
import { adminEmail, join, type OpenSchool, openSchool, password, refusal, type Speaker, secondSchool } from './school.ts'

const dayMs = 86_400_000

describe('An invitation', () => {
  let school: OpenSchool<World>
  let tutor: Awaited<ReturnType<typeof join>>
  let admin: Speaker
  before(async () => {
    school = await openSchool(await openWorld({ services: [userService], people: false }), serviceSecret)
    admin = school.as(school.admin.accessToken)
    tutor = await join(school, school.admin, { role: 'tutor', name: 'Tutor' })
  })
  after(() => school.world.close())
  afterEach(() => school.world.clock.real())
  let tries = 0
  const accept = (request: Parameters<typeof admin.auth.acceptInvitation>[0]) => {
    tries++
    return school.as(undefined, { address: `198.51.100.${tries % 250}` }).auth.acceptInvitation(request)
  }
  let emails = 0
  const account = () => ({ email: `invited${emails++}@school.test`, password })

  it('adds somebody new with the name and account they give, linked to the tutor who invited', async () => {
    const { token, link } = await tutor.as.people.invite({ role: 'student' })
    expect(token).to.match(/^[\w-]{22}$/)
    expect(link).to.equal(`http://localhost:8000/invite#${token}`)
    const entered = await accept({ token, name: 'Ира', ...account() })
    expect(entered.memberships).to.deep.include({ ...entered.memberships[0], name: 'Ира', role: 'student', school: 'School' })
    expect((await tutor.as.people.get({ userId: entered.userId })).name).to.equal('Ира')
    const granted = (await school.world.published('reach.granted')).map(({ body }) => body)
    expect(granted).to.deep.include({ holderId: tutor.userId, overId: entered.userId, as: 'tutor', version: 1 })
  })

  it('is accepted by its code however it is typed, by a child without an e-mail', async () => {
    const child = await tutor.as.people.create({ role: 'student', name: 'Петя' })
    const { code } = await tutor.as.people.invite({ role: 'student', userId: child.userId })
    const entered = await accept({ code: code!.toLowerCase().replace('-', ' ') })
    expect(entered.userId).to.equal(child.userId)
    const me = await school.as(entered.accessToken).auth.me({})
    expect(me.card).to.include({ name: 'Петя', email: null })
    const { token } = await tutor.as.people.invite({ role: 'student', userId: child.userId })
    const withEmail = account()
    const later = await accept({ token, ...withEmail })
    expect(later.userId).to.equal(child.userId)
    expect((await school.as().auth.login(withEmail)).userId).to.equal(child.userId)
  })

  it('is good once, also for fifty at the same moment', async () => {
    const { token } = await tutor.as.people.invite({ role: 'student' })
    const results = await Promise.allSettled(Array.from({ length: 50 }, (_, n) => accept({ token, name: `Child ${n}` })))
    expect(results.filter(({ status }) => status === 'fulfilled')).to.have.length(1)
    const names = (await school.world.published('user.created')).map(({ body }) => body.name).filter((name) => name.startsWith('Child'))
    expect(names).to.have.length(1)
    expect(await refusal(accept({ token, name: 'Late' }))).to.deep.include({ code: 'link_not_valid', status: 404 })
  })

  it('is no longer good after seven days, when revoked, and when a later one replaces it', async () => {
    const person = { role: 'student' as const, name: 'Old' }
    const old = await tutor.as.people.invite({ role: 'student' })
    school.world.clock.set(new Date(Date.now() + 7 * dayMs + 1000))
    expect((await refusal(accept({ token: old.token, name: 'Old' }))).code).to.equal('link_not_valid')
    school.world.clock.real()
    const back = await tutor.as.people.invite({ role: 'student' })
    await tutor.as.people.revokeInvitation({ invitationId: back.id })
    expect((await refusal(accept({ token: back.token, name: 'Back' }))).code).to.equal('link_not_valid')
    const { userId } = await tutor.as.people.create(person)
    const first = await tutor.as.people.invite({ role: 'student', userId })
    const second = await tutor.as.people.invite({ role: 'student', userId })
    expect((await refusal(accept({ token: first.token }))).code).to.equal('link_not_valid')
    await accept({ token: second.token })
  })

  it('joins an existing account only with its password', async () => {
    const second = await secondSchool(school, tutor.email)
    const { token } = await admin.people.invite({ role: 'admin' })
    const wrong = await refusal(accept({ token, name: 'X', email: tutor.email, password: 'wrong password' }))
    expect(wrong.code).to.equal('wrong_credentials')
    const entered = await accept({ token, name: 'Tutor as admin', email: tutor.email, password })
    expect(entered.memberships.map(({ role }) => role)).to.have.members(['tutor', 'admin', 'admin'])
    expect(entered.memberships.map(({ userId }) => userId)).to.include.members([tutor.userId, second.userId, entered.userId])
    const again = await admin.people.invite({ role: 'admin' })
    expect((await refusal(accept({ token: again.token, name: 'X', email: tutor.email, password }))).code).to.equal('already_member')
  })

  it('lets an account take over a waiting membership, and ends the sessions before', async () => {
    const child = await tutor.as.people.create({ role: 'student', name: 'Оля' })
    const byCode = await accept({ code: (await tutor.as.people.invite({ role: 'student', userId: child.userId })).code! })
    const { token } = await tutor.as.people.invite({ role: 'student', userId: child.userId })
    const entered = await accept({ token, email: adminEmail, password })
    expect(entered.userId).to.equal(child.userId)
    expect((await refusal(school.as().auth.refresh({ refreshToken: byCode.refreshToken }))).code).to.equal('session_over')
    const orphans = await school.world.sql(
      'select id from "user".person p where not exists (select from "user".membership m where m.person_id = p.id)',
    )
    expect(orphans).to.deep.equal([])
  })

  it('is not made for somebody who signs in already, so that nobody takes an account over', async () => {
    expect((await refusal(admin.people.invite({ role: 'tutor', userId: tutor.userId }))).code).to.equal('already_signs_in')
  })

  it('names the fields that are missing', async () => {
    const { token } = await tutor.as.people.invite({ role: 'student' })
    expect((await refusal(accept({ token }))).fields).to.deep.equal(['name'])
    expect((await refusal(accept({ token, code: token, name: 'X' }))).fields).to.deep.equal(['token'])
    expect((await refusal(accept({ token, name: 'X', email: 'a@b.test' }))).fields).to.deep.equal(['password'])
    expect((await refusal(accept({ token, name: 'X', email: 'a@b.test', password: 'short' }))).fields).to.deep.equal(['password'])
    const asTutor = await admin.people.invite({ role: 'tutor' })
    expect((await refusal(accept({ token: asTutor.token, name: 'X' }))).fields).to.deep.equal(['email'])
    expect((await refusal(admin.people.invite({ role: 'parent' }))).fields).to.deep.equal(['studentIds'])
  })

  it('of a parent gives the children it names, who must be within the reach of the one who invites', async () => {
    const child = await tutor.as.people.create({ role: 'student', name: 'Коля' })
    const stranger = await admin.people.create({ role: 'student', name: 'Чужой' })
    expect((await refusal(tutor.as.people.invite({ role: 'parent', studentIds: [child.userId, stranger.userId] }))).status).to.equal(404)
    expect((await refusal(tutor.as.people.invite({ role: 'tutor' }))).code).to.equal('forbidden')
    expect((await refusal(tutor.as.people.invite({ role: 'student', userId: stranger.userId }))).status).to.equal(404)
    const { token } = await tutor.as.people.invite({ role: 'parent', studentIds: [child.userId] })
    const parent = await accept({ token, name: 'Мама', ...account() })
    const seen = await school.as(parent.accessToken).people.list({})
    expect(seen.map(({ name }) => name)).to.have.members(['Мама', 'Коля'])
  })

  it('is stored as hashes only, and guessing codes has a limit', async () => {
    const made = await tutor.as.people.invite({ role: 'student' })
    const rows = await school.world.sql<{ row: string }>('select i::text as row from "user".invitation i')
    for (const { row } of rows) expect(row).to.not.include(made.token).and.not.include(made.code)
    const listed = await tutor.as.people.invitations({})
    expect(listed.map(({ id }) => id)).to.include(made.id)
    expect(Object.keys(listed[0]!)).to.not.include.members(['token', 'code'])
    const guess = () => refusal(school.as(undefined, { address: '203.0.113.1' }).auth.acceptInvitation({ code: 'AAAA-AAAA', name: 'X' }))
    const codes = await Promise.all(Array.from({ length: 15 }, async () => (await guess()).code))
    expect(codes.filter((code) => code === 'link_not_valid')).to.have.length(10)
  })
})
