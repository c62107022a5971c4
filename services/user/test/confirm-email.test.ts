import type { Letter } from '@repitbot/contracts/letter'
import { botSecret, openWorld, serviceSecret, type World } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import { userService } from '../src/service.ts'
import { adminEmail, type OpenSchool, openSchool, password, refusal, type Speaker } from './school.ts'
import { tokenOf } from './telegram-school.ts'

const thief = 'the password of a thief'
const victim = 'the password of the owner'

describe('An e-mail', () => {
  let school: OpenSchool<World>
  let admin: Speaker
  let bot: Speaker['auth']
  before(async () => {
    const env = { EMAIL_CONFIRMATION: 'on' }
    school = await openSchool(await openWorld({ services: [userService], people: false, jobs: true, env }), serviceSecret)
    admin = school.as(school.admin.accessToken)
    bot = school.as(undefined, { secret: botSecret }).auth
  })
  after(() => school.world.close())
  afterEach(() => school.world.clock.real())

  /** The letters to an address, once no more is being prepared. */
  const lettersTo = async (email: string) => {
    for (let waiting = 1; waiting; ) {
      const [jobs] = await school.world.sql<{ count: number }>(
        `select count(*)::int as count from user_jobs.jobs where task_identifier in ('passwordLink', 'confirmEmail')`,
      )
      waiting = jobs!.count
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    const letters = (await school.world.published('letter.written')).map(
      ({ body: { letterId, sealed } }) => JSON.parse(school.deps.letters.unseal(letterId, sealed)!) as Letter,
    )
    return letters.filter(({ to }) => to === email).map(({ link }) => link.url)
  }
  const secretOf = (url: string | undefined) => url?.split('#')[1] ?? ''
  let count = 0
  const page = () => school.as(undefined, { address: `198.51.100.${count++ % 250}` }).auth
  const join = async (role: 'student' | 'tutor', email: string, secret: string) => {
    const { token } = await admin.people.invite({ role })
    const entered = await page().acceptInvitation({ token, name: role, email, password: secret })
    return { ...entered, as: school.as(entered.accessToken) }
  }
  const reset = async (email: string, secret: string) => {
    await page().forgotPassword({ email })
    const link = (await lettersTo(email)).filter((url) => url.includes('/reset#')).at(-1)
    await page().resetPassword({ token: secretOf(link), password: secret })
  }
  const cardOf = async (who: Speaker) => (await who.auth.me({})).card

  it('gets one confirming letter, is in no card before it is confirmed, and in every card after', async () => {
    const email = 'quiet@school.test'
    const { as, userId } = await join('student', email, password)
    const [link, ...more] = await lettersTo(email)
    expect(link).to.match(/^http:\/\/localhost:8000\/confirm#[\w-]{43}$/)
    expect(more).to.deep.equal([])
    expect((await as.auth.me({})).unconfirmedEmail).to.equal(email)
    const cards = async () => (await school.world.published('user.updated')).map(({ body }) => body).filter((one) => one.userId === userId)
    const created = (await school.world.published('user.created')).map(({ body }) => body).filter((one) => one.userId === userId)
    expect([...created, ...(await cards())].map((card) => card.email)).to.deep.equal([null])
    await as.auth.confirmEmail({ token: secretOf(link) })
    expect((await cards()).at(-1)).to.include({ email, version: 2 })
    expect((await as.auth.me({})).unconfirmedEmail).to.equal(null)
    expect((await refusal(as.auth.confirmEmail({ token: secretOf(link) }))).code).to.equal('link_not_valid')
    await as.auth.sendConfirmation({})
    expect(await lettersTo(email)).to.have.length(1)
  })

  it('is an account from the first day, and its card says so although it has no address yet', async () => {
    const { userId } = await admin.people.create({ role: 'student', name: 'Waits' })
    const { token } = await admin.people.invite({ role: 'student', userId })
    await page().acceptInvitation({ token, email: 'waits@school.test', password })
    const cards = [...(await school.world.published('user.created')), ...(await school.world.published('user.updated'))]
    const ofPerson = cards.map(({ body }) => body).filter((one) => one.userId === userId)
    expect(ofPerson.map(({ signsIn, email: address }) => [signsIn, address])).to.deep.equal([
      [false, null],
      [true, null],
    ])
  })

  it('is confirmed only by whoever is signed in to the account of the letter, and for a week', async () => {
    const email = 'wrong-account@school.test'
    const first = await join('student', email, thief)
    const [link] = await lettersTo(email)
    const second = await join('tutor', email, victim)
    for (const who of [second.as, admin])
      expect((await refusal(who.auth.confirmEmail({ token: secretOf(link) }))).code).to.equal('link_not_valid')
    school.world.clock.set(new Date(Date.now() + 8 * 86_400_000))
    const { accessToken } = await page().login({ email, password: thief })
    expect((await refusal(school.as(accessToken).auth.confirmEmail({ token: secretOf(link) }))).code).to.equal('link_not_valid')
    school.world.clock.real()
    expect((await cardOf(first.as)).email).to.equal(null)
  })

  it('that somebody took before its owner came is the owner’s, and the other keeps a membership and no way in', async () => {
    const email = 'victim@school.test'
    const taken = await join('student', email, thief)
    const { link } = await taken.as.auth.telegramLink({ password: thief } as never)
    await bot.telegramConfirm({ telegramId: '7001', kind: 'link', token: tokenOf(link), answer: 'yes' })
    const owner = await join('tutor', email, victim)
    expect(owner.memberships.map(({ role }) => role)).to.deep.equal(['tutor'])
    const confirming = (await lettersTo(email)).at(-1)
    await owner.as.auth.confirmEmail({ token: secretOf(confirming) })
    expect((await refusal(page().login({ email, password: thief }))).code).to.equal('wrong_credentials')
    expect((await refusal(bot.telegram({ telegramId: '7001' }))).code).to.equal('telegram_not_linked')
    expect((await refusal(page().refresh({ refreshToken: taken.refreshToken }))).code).to.equal('session_over')
    expect((await page().login({ email, password: victim })).userId).to.equal(owner.userId)
    expect(await admin.people.get({ userId: taken.userId })).to.include({ active: true, signsIn: false, email: null })
    expect(await refusal(join('student', email, thief))).to.include({ code: 'wrong_credentials' })
  })

  it('is given back by a letter with a new password: Telegram, sessions and requests of whoever was in are gone', async () => {
    const email = 'back@school.test'
    const taken = await join('student', email, thief)
    const pending = await taken.as.auth.telegramLink({ password: thief } as never)
    const { link } = await taken.as.auth.telegramLink({ password: thief } as never)
    await bot.telegramConfirm({ telegramId: '7002', kind: 'link', token: tokenOf(link), answer: 'yes' })
    await reset(email, victim)
    expect((await refusal(bot.telegram({ telegramId: '7002' }))).code).to.equal('telegram_not_linked')
    const late = bot.telegramConfirm({ telegramId: '7003', kind: 'link', token: tokenOf(pending.link), answer: 'yes' })
    expect((await refusal(late)).code).to.equal('link_not_valid')
    expect((await refusal(page().refresh({ refreshToken: taken.refreshToken }))).code).to.equal('session_over')
    const entered = await page().login({ email, password: victim })
    const me = await school.as(entered.accessToken).auth.me({})
    expect([me.unconfirmedEmail, me.card.email, me.card.telegramChatId]).to.deep.equal([null, email, null])
    const invited = await admin.people.invite({ role: 'tutor' })
    const joined = await page().acceptInvitation({ token: invited.token, name: 'Owner', email, password: victim })
    expect(joined.memberships.map(({ role }) => role)).to.have.members(['student', 'tutor'])
  })

  it('is unknown to whoever holds an invitation, taken or not, until its owner has confirmed it', async () => {
    for (const [at, email] of ['taken@school.test', 'taken@school.test', 'free@school.test'].entries())
      expect(await join('student', email, `the password ${at}`)).to.be.an('object')
    expect(await lettersTo(adminEmail)).to.have.length(1)
  })

  it('needs no confirming where there is no mail server', async () => {
    const { world } = await openSchool(await openWorld({ services: [userService], people: false }), serviceSecret)
    const [row] = await world.sql<{ at: Date | null }>('select email_confirmed_at as at from "user".person')
    expect(row!.at).to.be.instanceOf(Date)
    expect(await world.published('letter.written')).to.deep.equal([])
    await world.close()
  })
})
