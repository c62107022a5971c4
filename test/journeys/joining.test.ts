import { randomUUIDv7 } from 'node:crypto'
import type { Notice } from '@repitbot/contracts/inbox'
import { changeMe } from '@repitbot/kit/testing/seen'
import { expect } from 'chai'
import { type Member, openPlatform, type Platform, password } from '../platform.ts'

describe('whoever joins a school', () => {
  let platform: Platform
  let seen: Map<string, Set<string>>
  before(async function () {
    this.timeout(60_000)
    platform = await openPlatform()
    await platform.world.idle()
  })
  after(() => platform?.close())
  beforeEach(async () => {
    seen = new Map()
    for (const who of watchers) seen.set(who, new Set((await inbox(who)).map(({ id }) => id)))
  })

  const watchers = ['admin', 'tutor', 'parent', 'otherParent', 'student', 'stranger'] as const
  type Watcher = (typeof watchers)[number]
  const inbox = async (who: Watcher | Member) => (await platform.as(who).inbox.list({ limit: 100 })).notices
  /** What came to each since the test began, as "code: title"; those to whom nothing came are left out. */
  const news = async () => {
    await platform.world.idle()
    const found: Partial<Record<Watcher, string[]>> = {}
    for (const who of watchers) {
      const fresh = (await inbox(who)).filter(({ id }) => !seen.get(who)?.has(id))
      if (fresh.length) found[who] = fresh.map(({ code, title }) => `${code}: ${title}`)
    }
    return found
  }
  const accept = async (token: string, name: string, email = `${randomUUIDv7()}@school.test`): Promise<Member> => {
    const { accessToken, userId } = await platform.as().auth.acceptInvitation({ token, name, email, password })
    return { userId, accessToken, email } as Member
  }

  it('as a parent is named to the other parents of the child, to the admins, and to whoever invited them', async () => {
    const { student, parent } = platform.people
    const { token } = await platform.as('tutor').people.invite({ role: 'parent', studentIds: [student.userId] })
    const joined = await accept(token, 'Папа')
    const told = 'parent_joined: Новый родитель: Папа'
    expect(await news()).to.deep.equal({ tutor: ['joined: Приглашение принято: Папа'], parent: [told], admin: [told] })
    const [toParent] = (await inbox('parent')).filter(({ code }) => code === 'parent_joined') as [Notice]
    expect(toParent.studentId).to.equal(student.userId)
    expect(toParent.body).to.contain((await platform.as('parent').people.get({ userId: student.userId })).name)
    expect((await inbox(joined)).map(({ code }) => code)).to.not.include('parent_joined')
    expect(parent.userId).to.not.equal(joined.userId)
    await changeMe(platform.as('parent'), { language: 'en' })
    await platform.world.idle()
    expect((await inbox('parent')).map(({ title }) => title)).to.include('A new parent: Папа')
    await changeMe(platform.as('parent'), { language: 'ru' })
  })

  it('as a tutor is named to the admin who invited them, and to nobody else', async () => {
    const { token } = await platform.as('admin').people.invite({ role: 'tutor' })
    await accept(token, 'Ольга')
    expect(await news()).to.deep.equal({ admin: ['joined: Приглашение принято: Ольга'] })
    expect((await inbox('admin'))[0]?.body).to.contain('репетитор')
  })

  it('is named also when they waited without an account, and when they are linked to one more child later', async () => {
    const { student, otherStudent } = platform.people
    const waiting = await platform.as('tutor').people.create({ role: 'parent', name: 'Бабушка', studentIds: [student.userId] })
    expect(await news()).to.deep.equal({})
    const { token } = await platform.as('tutor').people.invite({ role: 'parent', userId: waiting.userId })
    const { userId: holderId } = await accept(token, 'Бабушка')
    const told = 'parent_joined: Новый родитель: Бабушка'
    expect(await news()).to.deep.equal({ tutor: ['joined: Приглашение принято: Бабушка'], parent: [told], admin: [told] })
    await platform.as('admin').people.link({ holderId, overId: otherStudent.userId, as: 'parent' })
    expect((await news()).otherParent).to.deep.equal([told])
  })

  it('cannot be a tutor who stays behind as a parent unseen', async () => {
    const { student, tutor } = platform.people
    const { token } = await platform.as('tutor').people.invite({ role: 'parent', studentIds: [student.userId] })
    await accept(token, 'Sleeper', tutor.email)
    const told = ['parent_joined: Новый родитель: Sleeper']
    expect(await news()).to.deep.include({ parent: told, admin: told })
  })
})
