import { randomUUIDv7 } from 'node:crypto'
import type { Letter } from '@repitbot/contracts/letter'
import { withContext } from '@repitbot/kit/context'
import { changeRole } from '@repitbot/kit/testing/seen'
import { openWorld, serviceSecret, type World } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import { prepareLink } from '../src/flows/forgot-password.ts'
import { userService } from '../src/service.ts'
import { join, type OpenSchool, openSchool, password, secondSchool } from './school.ts'

describe('what is done to an account is published', () => {
  let school: OpenSchool<World>
  before(async () => {
    school = await openSchool(await openWorld({ services: [userService], people: false }), serviceSecret)
  })
  after(() => school.world.close())

  const tutor = () => join(school, school.admin, { role: 'tutor', name: 'Tutor' })
  const bodies = async (name: 'session.opened' | 'password.changed' | 'role.changed', userId: string) =>
    (await school.world.published(name)).map(({ body }) => body).filter((body) => body.userId === userId)

  it('for a sign-in by a browser and from a network that were not seen together, once', async () => {
    const { email, userId } = await tutor()
    const enter = (agent: string, address: string) => school.as(undefined, { agent, address }).auth.login({ email, password })
    const firsts = [
      ['phone', '198.51.100.1'],
      ['phone', '198.51.100.2'],
      ['laptop', '198.51.100.2'],
      ['laptop', '2001:db8:0:1::5'],
    ] as const
    for (const [agent, address] of firsts) await enter(agent, address)
    for (const [agent, address] of [...firsts, ['laptop', '2001:db8:0:1::6']] as const) await enter(agent, address)
    const opened = (await bodies('session.opened', userId)) as { agent: string; address: string }[]
    expect(opened.map(({ agent, address }) => [agent, address])).to.deep.equal(firsts)
  })

  it('for an account that joins one more school from elsewhere', async () => {
    const { email } = await tutor()
    const { token } = await school.as(school.admin.accessToken).people.invite({ role: 'admin' })
    const from = school.as(undefined, { agent: 'phone', address: '198.51.100.9' })
    const { userId } = await from.auth.acceptInvitation({ token, email, password, name: 'Tutor' })
    expect(await bodies('session.opened', userId)).to.have.length(1)
  })

  it('for a password that is changed, or set by a link, to one of the memberships that are open', async () => {
    const { as, email, userId } = await tutor()
    await as.auth.changePassword({ password, newPassword: 'another long password' })
    expect(await bodies('password.changed', userId)).to.have.length(1)
    const closed = await secondSchool(school, email)
    await school.world.sql('update "user".membership set active = false where id = $1', [closed.userId])
    await withContext({ correlationId: randomUUIDv7() }, () => prepareLink(school.deps, email))
    const { letterId, sealed } = (await school.world.published('letter.written')).at(-1)!.body
    const letter = JSON.parse(school.deps.letters.unseal(letterId, sealed)!) as Letter
    await school.as().auth.resetPassword({ token: letter.link.url.split('#')[1]!, password: 'one more long password' })
    expect(await bodies('password.changed', userId)).to.have.length(2)
    expect(await bodies('password.changed', closed.userId)).to.have.length(0)
  })

  it('for a role that is changed, and not for one that stays', async () => {
    const { userId } = await tutor()
    const admin = school.as(school.admin.accessToken)
    const published = async () => (await bodies('role.changed', userId)).map((body) => 'role' in body && body.role)
    await changeRole(admin, { userId, role: 'tutor' })
    await changeRole(admin, { userId, role: 'admin' })
    await changeRole(admin, { userId, role: 'admin', teaches: true })
    expect(await published()).to.deep.equal(['admin'])
  })
})
