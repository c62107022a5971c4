import { expect } from 'chai'
import { disabled, enabled, profileChanged, roleChanged } from './change.ts'
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
  channels: [],
  birthYear: null,
  active: true,
  version: 3,
  email: 'a@b.test',
  telegramId: null,
}

describe('Changes of a person', () => {
  it('a changed profile is a new version and says the whole card', () => {
    const { member, says } = profileChanged(admin, { name: 'Anya', zone: undefined })
    expect(member).to.include({ name: 'Anya', zone: 'Europe/Moscow', version: 4 })
    expect(says).to.have.length(1)
    expect(says[0]!.body).to.include({ name: 'Anya', version: 4, email: 'a@b.test' })
  })

  it('a change that changes nothing says nothing', () => {
    expect(profileChanged(admin, { name: 'Anna', channels: [] })).to.deep.equal({ member: admin, says: [] })
    expect(enabled(admin).says).to.deep.equal([])
    expect((roleChanged(admin, 'admin', 0) as Outcome).says).to.deep.equal([])
  })

  it('the last admin stays', () => {
    expect(disabled(admin, 0)).to.equal('last_admin')
    expect(roleChanged(admin, 'tutor', 0)).to.equal('last_admin')
    expect((disabled(admin, 1) as Outcome).member.active).to.equal(false)
  })

  it('a disabled or re-roled member is signed out', () => {
    expect((disabled(admin, 1) as Outcome).signsOut).to.equal('disabled')
    expect((roleChanged(admin, 'tutor', 1) as Outcome).signsOut).to.equal('role_changed')
  })
})
