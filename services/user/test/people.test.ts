import { withContext } from '@repitbot/kit/context'
import { changeMe, changePerson, changeRole } from '@repitbot/kit/testing/seen'
import { openWorld, serviceSecret, type World } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import { republishAll } from '../src/flows/republish-people.ts'
import { userService } from '../src/service.ts'
import { adminEmail, join, type OpenSchool, openSchool, refusal, type Speaker, secondSchool } from './school.ts'

type Joined = Awaited<ReturnType<typeof join>>

describe('People of a school', () => {
  let school: OpenSchool<World>
  let admin: Speaker
  let tutor: Joined
  let otherTutor: Joined
  let parent: Joined
  let student: Joined
  let foreign: Speaker
  let foreignId: string
  before(async () => {
    school = await openSchool(await openWorld({ services: [userService], people: false }), serviceSecret)
    admin = school.as(school.admin.accessToken)
    tutor = await join(school, school.admin, { role: 'tutor', name: 'Tutor' })
    otherTutor = await join(school, school.admin, { role: 'tutor', name: 'Other tutor' })
    student = await join(school, tutor, { role: 'student', name: 'Student' })
    parent = await join(school, tutor, { role: 'parent', name: 'Parent', studentIds: [student.userId] })
    const second = await secondSchool(school, adminEmail)
    const entered = await school.as().auth.login({ email: adminEmail, password: 'correct horse battery' })
    foreign = school.as((await school.as(entered.accessToken).auth.switch({ userId: second.userId })).accessToken)
    foreignId = second.userId
  })
  after(() => school.world.close())
  const names = (people: { name: string }[]) => people.map(({ name }) => name).sort()

  it('are seen as far as the role reaches, and no further', async () => {
    expect(names(await admin.people.list({}))).to.deep.equal(['Anna', 'Other tutor', 'Parent', 'Student', 'Tutor'])
    expect(names(await tutor.as.people.list({}))).to.deep.equal(['Parent', 'Student', 'Tutor'])
    expect(names(await otherTutor.as.people.list({}))).to.deep.equal(['Other tutor'])
    expect(names(await parent.as.people.list({}))).to.deep.equal(['Parent', 'Student'])
    expect(names(await student.as.people.list({}))).to.deep.equal(['Student'])
    expect(names(await foreign.people.list({}))).to.deep.equal(['B'])
    for (const who of [otherTutor.as, foreign]) expect((await refusal(who.people.get({ userId: student.userId }))).status).to.equal(404)
    expect((await refusal(foreign.people.change({ userId: student.userId, name: 'X', version: 1 }))).status).to.equal(404)
    expect((await refusal(foreign.people.link({ holderId: foreignId, overId: student.userId, as: 'parent' }))).status).to.equal(404)
    expect(await foreign.people.links({})).to.deep.equal([])
  })

  it('are hidden from other schools by the database itself', async () => {
    const [row] = await school.world.sql<{ walls: string[] }>(
      `select array_agg(relname::text order by relname) as walls from pg_class where relnamespace = '"user"'::regnamespace and relrowsecurity`,
    )
    expect(row!.walls).to.include.members(['invitation', 'link', 'membership', 'school'])
  })

  it('are listed page by page', async () => {
    const seen: string[] = []
    for (let after: string | undefined; ; ) {
      const page = await admin.people.list({ limit: 2, after })
      seen.push(...page.map(({ userId }) => userId))
      if (page.length < 2) break
      after = page.at(-1)!.userId
    }
    expect(seen, 'each once').to.deep.equal([...new Set(seen)])
    expect(seen).to.have.length(5)
    expect(names(await admin.people.list({ role: 'tutor' }))).to.deep.equal(['Other tutor', 'Tutor'])
  })

  it('change their own profile, and every change publishes the whole card with the next version', async () => {
    const before = (await student.as.auth.me({})).card
    const changed = await changeMe(student.as, {
      name: ' Новое имя ',
      language: 'en',
      zone: 'Asia/Vladivostok',
      birthYear: 2012,
      quietHours: { from: '21:00', until: '08:00' },
      channels: ['email'],
    })
    expect(changed).to.include({ name: 'Новое имя', zone: 'Asia/Vladivostok', version: before.version + 1, signsIn: true })
    await changeMe(student.as, { name: 'Новое имя' })
    const cards = (await school.world.published('user.updated')).map(({ body }) => body).filter(({ userId }) => userId === student.userId)
    expect(cards.at(-1)).to.deep.equal((await student.as.auth.me({})).card)
    expect(cards.map(({ version }) => version)).to.deep.equal([...new Set(cards.map(({ version }) => version))])
    await changePerson(admin, { userId: student.userId, name: 'Student' })
  })

  it('keep where their notices are sent as everybody’s own choice: an admin cannot change it for another', async () => {
    const { code, fields } = await refusal(changePerson(admin, { userId: parent.userId, channels: ['email'] } as never))
    expect([code, fields]).to.deep.equal(['invalid_input', ['channels']])
    expect((await parent.as.auth.me({})).card.channels, 'never asked').to.equal(null)
  })

  it('are refused impossible values, field by field', async () => {
    const bad = {
      name: ' ',
      zone: 'Mars/North',
      birthYear: 1800,
      quietHours: { from: '25:00', until: '8' },
      channels: ['pigeon'],
      role: 'admin',
    }
    const { code, fields } = await refusal(changeMe(student.as, bad as never))
    expect(code).to.equal('invalid_input')
    expect(fields).to.have.members(['name', 'zone', 'birthYear', 'quietHours.from', 'quietHours.until', 'channels.0', 'role'])
  })

  it('are added and changed only by those who may', async () => {
    for (const who of [parent.as, student.as])
      expect((await refusal(who.people.create({ role: 'student', name: 'X' }))).code).to.equal('forbidden')
    expect((await refusal(tutor.as.people.create({ role: 'tutor', name: 'X' }))).code).to.equal('forbidden')
    expect((await refusal(tutor.as.people.create({ role: 'parent', name: 'X' }))).fields).to.deep.equal(['studentIds'])
    expect((await refusal(otherTutor.as.people.create({ role: 'parent', name: 'X', studentIds: [student.userId] }))).status).to.equal(404)
    for (const work of [
      tutor.as.people.disable({ userId: student.userId }),
      tutor.as.people.changeRole({ userId: tutor.userId, role: 'admin', version: 1 }),
      parent.as.school.change({ name: 'Mine', version: 1 }),
    ])
      expect((await refusal(work)).code).to.equal('forbidden')
  })

  it('are linked and unlinked with a growing version, once however often it is requested', async () => {
    const link = { holderId: otherTutor.userId, overId: student.userId, as: 'tutor' as const }
    expect((await refusal(otherTutor.as.people.link(link))).status).to.equal(404)
    await admin.people.link(link)
    await admin.people.link(link)
    expect(names(await otherTutor.as.people.list({}))).to.include('Student')
    await otherTutor.as.people.unlink(link)
    expect((await refusal(admin.people.unlink(link))).status).to.equal(404)
    await admin.people.link(link)
    const about = ({ body }: { body: { holderId: string } }) => body.holderId === otherTutor.userId
    const granted = (await school.world.published('reach.granted')).filter(about).map(({ body }) => body.version)
    const revoked = (await school.world.published('reach.revoked')).filter(about).map(({ body }) => body.version)
    expect([granted, revoked]).to.deep.equal([[1, 3], [2]])
    await admin.people.unlink(link)
    expect((await refusal(admin.people.link({ ...link, as: 'parent' }))).fields).to.deep.equal(['as'])
    expect((await refusal(admin.people.link({ holderId: student.userId, overId: tutor.userId, as: 'tutor' }))).fields).to.deep.equal(['as'])
    expect((await refusal(tutor.as.people.unlink({ ...link, holderId: parent.userId, as: 'payer' }))).status).to.equal(404)
  })

  it('are linked once, and unlinked once, when twenty requests come at once', async () => {
    const somebody = await admin.people.create({ role: 'tutor', name: 'At once' })
    const link = { holderId: somebody.userId, overId: student.userId, as: 'tutor' as const }
    const twenty = (request: () => Promise<unknown>) => Promise.allSettled(Array.from({ length: 20 }, request))
    const linked = await twenty(() => admin.people.link(link))
    expect(linked.filter(({ status }) => status === 'rejected')).to.deep.equal([])
    const unlinked = await twenty(() => admin.people.unlink(link))
    expect(unlinked.filter(({ status }) => status === 'fulfilled')).to.have.length(1)
    const versions = async (name: 'reach.granted' | 'reach.revoked') =>
      (await school.world.published(name)).filter(({ body }) => body.holderId === somebody.userId).map(({ body }) => body.version)
    expect([await versions('reach.granted'), await versions('reach.revoked')]).to.deep.equal([[1], [2]])
  })

  it('lose their links with their role', async () => {
    const somebody = await admin.people.create({ role: 'tutor', name: 'For a while', studentIds: [student.userId] })
    await changeRole(admin, { userId: somebody.userId, role: 'parent' })
    expect((await admin.people.links({ overId: student.userId })).filter(({ holderId }) => holderId === somebody.userId)).to.deep.equal([])
    expect(
      (await school.world.published('reach.revoked')).some(({ body }) => body.holderId === somebody.userId && body.version === 2),
    ).to.equal(true)
  })

  it('always include an admin who signs in, also when all admins disable each other at once', async () => {
    const me = school.admin.userId
    expect((await refusal(admin.people.disable({ userId: me }))).code).to.equal('last_admin')
    expect((await refusal(changeRole(admin, { userId: me, role: 'tutor' }))).code).to.equal('last_admin')
    const others: string[] = []
    for (let n = 0; n < 5; n++) {
      const { userId } = await join(school, school.admin, { role: 'tutor', name: `Admin ${n}` })
      await changeRole(admin, { userId, role: 'admin' })
      others.push(userId)
    }
    for (let round = 0; round < 5; round++) {
      const all = await Promise.allSettled([me, ...others].map((userId) => admin.people.disable({ userId })))
      expect(all.filter(({ status }) => status === 'fulfilled')).to.have.length(5)
      for (const userId of [me, ...others]) await admin.people.enable({ userId })
    }
    for (const userId of others) await admin.people.disable({ userId })
  })

  it('have a school with a name and zone that an admin changes, and says so', async () => {
    const said = async () => (await school.world.published('school.updated')).map(({ body }) => `${body.name} ${body.version}`)
    const { name, version } = await admin.school.get({})
    const before = await said()
    expect(before).to.include(`${name} ${version}`)
    const changed = await admin.school.change({ name: 'Новая школа', zone: 'Asia/Omsk', version: 1 })
    await admin.school.change({ name: 'Новая школа', version: 2 })
    expect((await said()).slice(before.length), 'a change that changes nothing is not said').to.deep.equal(['Новая школа 2'])
    expect(changed).to.include({ name: 'Новая школа', zone: 'Asia/Omsk', version: 2 })
    expect(await student.as.school.get({})).to.deep.equal(changed)
  })

  it('are published again as they are now, each card and each link', async () => {
    const before = {
      cards: (await school.world.published('user.updated')).length,
      granted: (await school.world.published('reach.granted')).length,
    }
    const count = await withContext({ correlationId: 'republish-test' }, () => republishAll(school.deps))
    const cards = (await school.world.published('user.updated')).slice(before.cards)
    const people = await school.world.sql('select id from "user".membership')
    expect(cards).to.have.length(people.length)
    const card = cards.find(({ body }) => body.userId === student.userId)!
    expect(card.body).to.deep.equal((await student.as.auth.me({})).card)
    const links = await school.world.sql('select holder_id from "user".link')
    const schools = await school.world.sql('select id from "user".school')
    expect(count).to.equal(people.length + links.length + schools.length)
    expect((await school.world.published('school.updated')).slice(-schools.length).map(({ schoolId }) => schoolId)).to.have.members(
      schools.map(({ id }) => id),
    )
    expect(cards.every((one) => one.schoolId !== undefined)).to.equal(true)
  })
})
