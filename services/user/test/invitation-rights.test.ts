import { changeRole } from '@repitbot/kit/testing/seen'
import { botSecret, openWorld, serviceSecret, type World } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import { userService } from '../src/service.ts'
import { join, type OpenSchool, openSchool, password, refusal, type Speaker } from './school.ts'

const hourMs = 3_600_000

describe('The right to invite', () => {
  let school: OpenSchool<World>
  let admin: Speaker
  let bot: Speaker['auth']
  before(async () => {
    school = await openSchool(await openWorld({ services: [userService], people: false }), serviceSecret)
    admin = school.as(school.admin.accessToken)
    bot = school.as(undefined, { secret: botSecret }).auth
  })
  after(() => school.world.close())
  afterEach(() => school.world.clock.real())

  const addTutor = () => join(school, school.admin, { role: 'tutor', name: 'Tutor' })
  const addAdmin = async () => {
    const { userId, email } = await addTutor()
    await changeRole(admin, { userId, role: 'admin' })
    const { accessToken } = await school.as().auth.login({ email, password })
    return { userId, as: school.as(accessToken) }
  }
  let count = 0
  /** A stranger takes the invitation up in each of the three ways: by its link, its code, and in the chat. */
  const ways = ({ token, code }: { token: string; code: string | null }) => {
    count++
    const who = { name: 'Stranger', email: `stranger${count}@school.test`, password }
    const page = school.as(undefined, { address: `198.51.100.${count}` }).auth
    return [
      () => page.acceptInvitation({ token, ...who }),
      () => page.acceptInvitation({ code: code ?? '', ...who }),
      () => bot.telegramAccept({ telegramId: String(count), token, name: 'Stranger' }),
    ]
  }
  /** Puts a deleted invitation back, to see that acceptance judges by itself. */
  const kept = async (made: { id: string }, lose: () => Promise<unknown>) => {
    await school.world.sql(`create table kept as select * from "user".invitation where id = '${made.id}'`)
    await lose()
    await expectGone(made.id)
    await school.world.sql('insert into "user".invitation select * from kept')
    await school.world.sql('drop table kept')
  }
  const expectGone = async (id: string) =>
    expect(await school.world.sql('select id from "user".invitation where id = $1', [id])).to.deep.equal([])
  const expectRefused = async (made: { token: string; code: string | null }) => {
    for (const accept of ways(made)) expect((await refusal(accept())).code).to.equal('link_not_valid')
  }

  it('ends with the membership: what a disabled tutor has made opens nothing, by link, code or chat', async () => {
    const tutor = await addTutor()
    const child = await tutor.as.people.create({ role: 'student', name: 'Masha' })
    for (const request of [
      { role: 'parent' as const, studentIds: [child.userId] },
      { role: 'student' as const, userId: child.userId },
      { role: 'student' as const },
    ]) {
      await admin.people.enable({ userId: tutor.userId })
      const { accessToken } = await school.as().auth.login({ email: tutor.email, password })
      const made = await school.as(accessToken).people.invite(request)
      await kept(made, () => admin.people.disable({ userId: tutor.userId }))
      await expectRefused(made)
    }
  })

  it('ends with the link to the child, for parents new and waiting, and for the child', async () => {
    const tutor = await addTutor()
    const child = await tutor.as.people.create({ role: 'student', name: 'Masha' })
    const parent = await tutor.as.people.create({ role: 'parent', name: 'Mother', studentIds: [child.userId] })
    for (const request of [
      { role: 'parent' as const, studentIds: [child.userId] },
      { role: 'parent' as const, userId: parent.userId },
      { role: 'student' as const, userId: child.userId },
    ]) {
      const link = { holderId: tutor.userId, overId: child.userId, as: 'tutor' as const }
      await admin.people.link(link)
      const made = await tutor.as.people.invite(request)
      await kept(made, () => admin.people.unlink(link))
      await expectRefused(made)
    }
  })

  it('ends with the role: a lowered admin brings no admin and no tutor any more', async () => {
    for (const role of ['admin', 'tutor'] as const) {
      const second = await addAdmin()
      const made = await second.as.people.invite({ role })
      await kept(made, () => changeRole(admin, { userId: second.userId, role: 'tutor' }))
      for (const accept of role === 'admin' ? [ways(made)[0]!, ways(made)[2]!] : ways(made))
        expect((await refusal(accept())).code).to.equal('link_not_valid')
    }
  })

  it('leaves what the others have made as it is', async () => {
    const [tutor, gone] = [await addTutor(), await addTutor()]
    const child = await tutor.as.people.create({ role: 'student', name: 'Petya' })
    await admin.people.link({ holderId: gone.userId, overId: child.userId, as: 'tutor' })
    const parent = await tutor.as.people.create({ role: 'parent', name: 'Father', studentIds: [child.userId] })
    const made = [
      await tutor.as.people.invite({ role: 'parent', studentIds: [child.userId] }),
      await tutor.as.people.invite({ role: 'parent', userId: parent.userId }),
      await tutor.as.people.invite({ role: 'student' }),
      await admin.people.invite({ role: 'tutor', studentIds: [child.userId] }),
    ]
    await admin.people.unlink({ holderId: gone.userId, overId: child.userId, as: 'tutor' })
    await admin.people.disable({ userId: gone.userId })
    expect((await admin.people.invitations({})).map(({ id }) => id)).to.include.members(made.map(({ id }) => id))
    for (const one of made) await ways(one)[0]!()
  })

  it('opens no membership that was given another role since', async () => {
    const { userId } = await admin.people.create({ role: 'student', name: 'Grown up' })
    const made = await admin.people.invite({ role: 'student', userId })
    await kept(made, () => changeRole(admin, { userId, role: 'tutor' }))
    await expectRefused(made)
  })

  it('shows a tutor the invitations that they made, and an admin all', async () => {
    const [first, second] = [await addTutor(), await addTutor()]
    const [mine, theirs] = [await first.as.people.invite({ role: 'student' }), await second.as.people.invite({ role: 'student' })]
    const listed = async (who: Speaker) => (await who.people.invitations({})).map(({ id }) => id)
    expect(await listed(first.as)).to.deep.equal([mine.id])
    expect(await listed(second.as)).to.deep.equal([theirs.id])
    expect(await listed(admin)).to.include.members([mine.id, theirs.id])
    expect((await refusal(second.as.people.revokeInvitation({ invitationId: mine.id }))).status).to.equal(404)
  })

  it('of an admin is given for a day, and by the link alone', async () => {
    const made = await admin.people.invite({ role: 'admin' })
    expect(made.code).to.equal(null)
    expect(Date.parse(made.expiresAt) - Date.now()).to.be.within(23 * hourMs, 24 * hourMs)
    school.world.clock.set(new Date(Date.now() + 25 * hourMs))
    expect((await refusal(ways(made)[0]!())).code).to.equal('link_not_valid')
  })

  it('is judged together with what takes it away: of both at once, one is first', async () => {
    for (let round = 0; round < 5; round++) {
      const tutor = await addTutor()
      const child = await tutor.as.people.create({ role: 'student', name: 'Masha' })
      const made = await tutor.as.people.invite({ role: 'parent', studentIds: [child.userId] })
      const [accepted, disabled] = await Promise.allSettled([ways(made)[0]!(), admin.people.disable({ userId: tutor.userId })])
      expect(disabled.status).to.equal('fulfilled')
      const parents = (await admin.people.links({ overId: child.userId })).filter(({ as }) => as === 'parent')
      expect(parents).to.have.length(accepted.status === 'fulfilled' ? 1 : 0)
    }
  })
})
