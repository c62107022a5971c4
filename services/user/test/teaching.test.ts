import { changeRole } from '@repitbot/kit/testing/seen'
import { openWorld, serviceSecret, type World } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import { userService } from '../src/service.ts'
import { join, type OpenSchool, openSchool, refusal, type Speaker } from './school.ts'

describe('An admin who teaches', () => {
  let school: OpenSchool<World>
  let admin: Speaker
  let adminId: string
  before(async () => {
    school = await openSchool(await openWorld({ services: [userService], people: false }), serviceSecret, { teaches: true })
    admin = school.as(school.admin.accessToken)
    adminId = school.admin.userId
  })
  after(() => school.world.close())
  const setTeaching = (teaches: boolean) => changeRole(admin, { userId: adminId, role: 'admin', teaches })
  const tutorsOf = async (overId: string) => (await admin.people.links({ overId })).map(({ holderId, as }) => `${as} ${holderId}`)

  it('is one membership from the first form on, and its card says so to every service', async () => {
    expect(school.admin.memberships).to.have.length(1)
    expect((await admin.auth.me({})).card).to.include({ role: 'admin', teaches: true })
    const [created] = await school.world.published('user.created')
    expect(created?.body).to.include({ userId: adminId, role: 'admin', teaches: true })
  })

  it('is the tutor of a student whom they add, unless they name others', async () => {
    const { userId: otherId } = await admin.people.create({ role: 'tutor', name: 'Other' })
    const own = await admin.people.create({ role: 'student', name: 'Own' })
    const given = await admin.people.create({ role: 'student', name: 'Given', tutorIds: [otherId] })
    const nobodys = await admin.people.create({ role: 'student', name: 'Nobody’s', tutorIds: [] })
    expect(await tutorsOf(own.userId)).to.deep.equal([`tutor ${adminId}`])
    expect(await tutorsOf(given.userId)).to.deep.equal([`tutor ${otherId}`])
    expect(await tutorsOf(nobodys.userId)).to.deep.equal([])
  })

  it('is the tutor of a student who comes by their invitation', async () => {
    const { token } = await admin.people.invite({ role: 'student' })
    const entered = await school.as().auth.acceptInvitation({ token, name: 'Invited' })
    expect(await tutorsOf(entered.userId)).to.deep.equal([`tutor ${adminId}`])
  })

  it('stops teaching and begins again without being signed out; the students are let go', async () => {
    const { userId } = await admin.people.create({ role: 'student', name: 'Let go' })
    await setTeaching(false)
    expect(await tutorsOf(userId)).to.deep.equal([])
    const later = await admin.people.create({ role: 'student', name: 'Later' })
    expect(await tutorsOf(later.userId)).to.deep.equal([])
    expect((await refusal(admin.people.link({ holderId: adminId, overId: userId, as: 'tutor' }))).fields).to.deep.equal(['as'])
    await setTeaching(true)
    await admin.people.link({ holderId: adminId, overId: userId, as: 'tutor' })
    expect(await tutorsOf(userId)).to.deep.equal([`tutor ${adminId}`])
  })

  it('keeps the students when a tutor becomes one', async () => {
    const tutor = await join(school, school.admin, { role: 'tutor', name: 'Tutor' })
    const { userId } = await tutor.as.people.create({ role: 'student', name: 'Kept' })
    await changeRole(admin, { userId: tutor.userId, role: 'admin', teaches: true })
    expect(await tutorsOf(userId)).to.deep.equal([`tutor ${tutor.userId}`])
    await admin.people.disable({ userId: tutor.userId })
  })

  it('is an admin: no other role teaches besides what it is', async () => {
    const { userId } = await admin.people.create({ role: 'parent', name: 'Parent' })
    expect((await refusal(changeRole(admin, { userId, role: 'parent', teaches: true }))).fields).to.deep.equal(['teaches'])
  })
})
