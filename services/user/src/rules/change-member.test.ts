import { expect } from 'chai'
import { changeProfile, changeRole, disable, enable } from './change-member.ts'
import type { Member, Outcome } from './person.ts'

const admin: Member = {
  id: '0190a6f2-0000-7000-8000-000000000001',
  schoolId: '0190a6f2-0000-7000-8000-00000000000a',
  personId: 'p',
  role: 'admin',
  name: 'Anna',
  language: 'ru',
  zone: 'Europe/Moscow',
  quietHours: null,
  channels: null,
  birthYear: null,
  active: true,
  version: 3,
  email: 'a@b.test',
  telegramId: null,
}

describe('Changes of a person', () => {
  it('a changed profile is a new version, published as the whole card', () => {
    const { member, events } = changeProfile(admin, { name: 'Anya', zone: undefined })
    expect(member).to.include({ name: 'Anya', zone: 'Europe/Moscow', version: 4 })
    expect(events).to.have.length(1)
    expect(events[0]!.body).to.include({ name: 'Anya', version: 4, email: 'a@b.test' })
  })

  it('a change that changes nothing publishes nothing', () => {
    expect(changeProfile(admin, { name: 'Anna', birthYear: null })).to.deep.equal({ member: admin, events: [] })
    expect(enable(admin).events).to.deep.equal([])
    expect((changeRole(admin, 'admin', 0) as Outcome).events).to.deep.equal([])
  })

  it('the last admin stays', () => {
    expect(disable(admin, 0)).to.equal('last_admin')
    expect(changeRole(admin, 'tutor', 0)).to.equal('last_admin')
    expect((disable(admin, 1) as Outcome).member.active).to.equal(false)
  })

  it('a member who is disabled or changes role is signed out', () => {
    expect((disable(admin, 1) as Outcome).signsOut).to.equal('disabled')
    expect((changeRole(admin, 'tutor', 1) as Outcome).signsOut).to.equal('role_changed')
  })
})
