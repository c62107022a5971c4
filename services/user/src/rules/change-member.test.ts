import { expect } from 'chai'
import { changeProfile, changeRole, disable, enable, keepsLinks } from './change-member.ts'
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
  teaches: false,
  phone: null,
  version: 3,
  email: 'a@b.test',
  emailConfirmedAt: new Date(0),
  telegramId: null,
}

const tutor = { role: 'tutor', teaches: false } as const
const teacher = { role: 'admin', teaches: true } as const

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
    expect((changeRole(admin, { role: 'admin', teaches: false }, 0) as Outcome).events).to.deep.equal([])
  })

  it('the last admin stays', () => {
    expect(disable(admin, 0)).to.equal('last_admin')
    expect(changeRole(admin, tutor, 0)).to.equal('last_admin')
    expect((disable(admin, 1) as Outcome).member.active).to.equal(false)
  })

  it('a member who is disabled or changes role is signed out', () => {
    expect((disable(admin, 1) as Outcome).signsOut).to.equal('disabled')
    expect((changeRole(admin, tutor, 1) as Outcome).signsOut).to.equal('role_changed')
  })

  it('an admin begins and stops teaching without being signed out, the last one too', () => {
    const begun = changeRole(admin, teacher, 0) as Outcome
    expect(begun).to.not.have.property('signsOut')
    expect(begun.events[0]!.body).to.include({ role: 'admin', teaches: true, version: 4 })
    expect((changeRole(begun.member, { role: 'admin', teaches: false }, 0) as Outcome).member.teaches).to.equal(false)
    expect((changeRole(begun.member, tutor, 1) as Outcome).member).to.include({ role: 'tutor', teaches: false })
  })

  it('somebody who teaches before and after keeps their students, and links fit every other role alone', () => {
    const as = (role: Member['role'], teaches = false): Member => ({ ...admin, role, teaches })
    for (const after of [as('tutor'), as('admin', true)]) {
      expect(keepsLinks(as('tutor'), after)).to.equal(true)
      expect(keepsLinks(as('admin', true), after)).to.equal(true)
      expect(keepsLinks(as('parent'), after)).to.equal(false)
    }
    expect(keepsLinks(as('admin', true), as('admin'))).to.equal(false)
    expect(keepsLinks(as('tutor'), as('parent'))).to.equal(false)
    expect(keepsLinks(as('student'), as('student'))).to.equal(true)
  })
})
