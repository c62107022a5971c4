import type { Entered } from '@repitbot/contracts/auth'
import { botSecret, openWorld, serviceSecret, type World } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import { userService } from '../src/service.ts'
import { adminEmail, join, type OpenSchool, openSchool, password, refusal, type Speaker, secondSchool } from './school.ts'

const minuteMs = 60_000
const dayMs = 86_400_000
const sidOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()).sid as string

describe('Telegram', () => {
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

  let ids = 1000
  const newId = () => String(ids++)
  const startOf = (link: string) => new URL(link).searchParams.get('start')!
  const tokenOf = (link: string) => startOf(link).replace(/^[a-z]+_/, '')
  /** A child of the school who signs in by Telegram alone. */
  const inTelegram = async (telegramId = newId()) => {
    const { token } = await admin.people.invite({ role: 'student' })
    return { telegramId, ...(await bot.telegramAccept({ telegramId, token, name: 'Child' })) }
  }
  const linkTo = async (who: Speaker, telegramId: string, answer: 'yes' | 'no' = 'yes') =>
    bot.telegramConfirm({ telegramId, kind: 'link', token: tokenOf((await who.auth.telegramLink({})).link), answer })
  const login = async () => {
    const { link, secret } = await school.as(undefined, { agent: 'Firefox', address: '203.0.113.5' }).auth.telegramLogin({})
    return { token: tokenOf(link), secret, link }
  }
  const finish = (secret: string) => school.as(undefined, { agent: 'Firefox', address: '203.0.113.5' }).auth.telegramFinish({ secret })
  const cardOf = async (token: string) => (await school.as(token).auth.me({})).card
  const revoked = async () => (await school.as().trust.revocations({})).sessionIds

  describe('as the way in', () => {
    it('accepts an invitation and is then the account, without an e-mail also for a parent', async () => {
      const tutor = await join(school, school.admin, { role: 'tutor', name: 'Ольга' })
      const child = await tutor.as.people.create({ role: 'student', name: 'Коля' })
      const made = await tutor.as.people.invite({ role: 'parent', studentIds: [child.userId] })
      expect(startOf(made.telegramLink))
        .to.equal(`inv_${made.token}`)
        .and.match(/^[\w-]{1,64}$/)
      const telegramId = newId()
      const named = await refusal(bot.telegramAccept({ telegramId, token: made.token }))
      expect(named).to.deep.include({ code: 'invalid_input', fields: ['name'] })
      const joined = await bot.telegramAccept({ telegramId, token: made.token, name: 'Мама', language: 'en' })
      expect(joined).to.include({ invitedBy: 'Ольга', school: 'School' }).and.not.have.property('refreshToken')
      expect(joined.card).to.include({ role: 'parent', name: 'Мама', language: 'en', email: null, telegramChatId: telegramId })
      const parent = school.as(joined.accessToken)
      expect((await parent.people.list({})).map(({ name }) => name)).to.have.members(['Мама', 'Коля'])
      const created = (await school.world.published('user.created')).find(({ body }) => body.userId === joined.userId)
      expect(created?.body).to.deep.equal(joined.card)
    })

    it('takes over the membership that waits, by code too, and an invitation that was accepted is refused', async () => {
      const child = await admin.people.create({ role: 'student', name: 'Петя' })
      const { code, token } = await admin.people.invite({ role: 'student', userId: child.userId })
      const joined = await bot.telegramAccept({ telegramId: newId(), code: code.toLowerCase() })
      expect(joined.userId).to.equal(child.userId)
      expect(joined.card).to.include({ name: 'Петя', version: 2 })
      expect((await refusal(bot.telegramAccept({ telegramId: newId(), token }))).code).to.equal('link_not_valid')
      expect((await refusal(admin.people.invite({ role: 'student', userId: child.userId }))).code).to.equal('already_signs_in')
    })

    it('lets somebody who has it join as the same person, and choose between their memberships', async () => {
      const child = await inTelegram()
      const { token } = await admin.people.invite({ role: 'tutor' })
      const joined = await bot.telegramAccept({ telegramId: child.telegramId, token, name: 'As a tutor' })
      expect(joined.memberships.map(({ userId }) => userId)).to.have.members([child.userId, joined.userId])
      expect((await bot.telegram({ telegramId: child.telegramId })).userId, 'the one used last').to.equal(joined.userId)
      expect((await bot.telegram({ telegramId: child.telegramId, userId: child.userId })).card.role).to.equal('student')
      const stranger = await refusal(bot.telegram({ telegramId: child.telegramId, userId: school.admin.userId }))
      expect(stranger.code).to.equal('not_found')
      const again = await admin.people.invite({ role: 'tutor' })
      const twice = await refusal(bot.telegramAccept({ telegramId: child.telegramId, token: again.token, name: 'X' }))
      expect(twice.code).to.equal('already_member')
    })

    it('is one session in the list, which the person ends as any other', async () => {
      const { telegramId, accessToken } = await inTelegram()
      const tokens = await Promise.all(Array.from({ length: 5 }, () => bot.telegram({ telegramId })))
      expect(new Set([accessToken, ...tokens.map((one) => one.accessToken)].map(sidOf)).size).to.equal(1)
      const me = school.as(accessToken)
      const [session, ...others] = await me.auth.sessions({})
      expect([session?.agent, others]).to.deep.equal(['Telegram', []])
      await me.auth.endSession({ sessionId: session!.id })
      expect(await revoked()).to.include(session!.id)
      expect(sidOf((await bot.telegram({ telegramId })).accessToken), 'the next message begins another').to.not.equal(session!.id)
    })

    it('stays active as long as it is used, and ends with the membership', async () => {
      const { telegramId, userId } = await inTelegram()
      school.world.clock.set(new Date(Date.now() + 200 * dayMs))
      const late = await bot.telegram({ telegramId })
      expect((await school.as(late.accessToken).auth.sessions({})).map(({ agent }) => agent)).to.deep.equal(['Telegram'])
      school.world.clock.real()
      await admin.people.disable({ userId })
      expect((await refusal(bot.telegram({ telegramId }))).code).to.equal('membership_closed')
      expect(await revoked()).to.include(sidOf(late.accessToken))
    })

    it('is refused before it is linked, and guessing in the chat has a limit', async () => {
      expect(await refusal(bot.telegram({ telegramId: newId() }))).to.deep.include({ code: 'telegram_not_linked', status: 404 })
      expect((await refusal(bot.telegram({ telegramId: 'x' }))).fields).to.deep.equal(['telegramId'])
      const telegramId = newId()
      const guesses = Array.from({ length: 15 }, async () => (await refusal(bot.telegramAccept({ telegramId, code: 'AAAA-AAAA' }))).code)
      expect((await Promise.all(guesses)).filter((code) => code === 'link_not_valid')).to.have.length(10)
    })
  })

  describe('on the page', () => {
    it('signs in by a deep link: shown, confirmed in the chat, finished once by the page', async () => {
      const { telegramId, userId } = await inTelegram()
      const { token, secret, link } = await login()
      expect(startOf(link)).to.match(/^login_[\w-]{22}$/)
      expect((await refusal(finish(secret))).code).to.equal('not_confirmed_yet')
      const asked = await bot.telegramConfirm({ telegramId, kind: 'login', token })
      expect(asked).to.deep.equal({ state: 'asked', agent: 'Firefox', address: '203.0.113.5', name: 'Child' })
      const confirm = () => bot.telegramConfirm({ telegramId, kind: 'login', token, answer: 'yes' })
      expect((await confirm()).state).to.equal('confirmed')
      expect((await confirm()).state, 'a double tap').to.equal('confirmed')
      const tries = await Promise.allSettled(Array.from({ length: 5 }, () => finish(secret)))
      const entered = tries.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
      expect(entered).to.have.length(1)
      expect(entered[0]?.userId).to.equal(userId)
      expect((await school.as().auth.refresh({ refreshToken: (entered[0] as Entered).refreshToken })).expiresIn).to.be.at.most(600)
      expect((await refusal(finish(secret))).code).to.equal('link_not_valid')
      expect((await refusal(confirm())).code, 'nothing is left to confirm').to.equal('link_not_valid')
    })

    it('does not sign in when declined, late, or by the half that belongs to the chat', async () => {
      const { telegramId } = await inTelegram()
      const declined = await login()
      await bot.telegramConfirm({ telegramId, kind: 'login', token: declined.token, answer: 'no' })
      const changed = await bot.telegramConfirm({ telegramId, kind: 'login', token: declined.token, answer: 'yes' })
      expect(changed.state, 'the first answer counts').to.equal('declined')
      expect((await refusal(finish(declined.secret))).code).to.equal('link_not_valid')
      const late = await login()
      await bot.telegramConfirm({ telegramId, kind: 'login', token: late.token, answer: 'yes' })
      expect((await refusal(finish(late.token))).code).to.equal('link_not_valid')
      school.world.clock.set(new Date(Date.now() + 10 * minuteMs + 1000))
      expect((await refusal(finish(late.secret))).code).to.equal('link_not_valid')
      const over = await refusal(bot.telegramConfirm({ telegramId, kind: 'login', token: late.token }))
      expect(over.code).to.equal('link_not_valid')
    })

    it('is confirmed by nobody else once somebody has, nor by a chat without an account', async () => {
      const [one, other] = [await inTelegram(), await inTelegram()]
      const { token, secret } = await login()
      const answer = (telegramId: string) => bot.telegramConfirm({ telegramId, kind: 'login', token, answer: 'yes' })
      expect((await refusal(answer(newId()))).code).to.equal('telegram_not_linked')
      await answer(one.telegramId)
      expect((await refusal(answer(other.telegramId))).code).to.equal('link_not_valid')
      expect((await finish(secret)).userId).to.equal(one.userId)
      expect((await refusal(bot.telegramConfirm({ telegramId: one.telegramId, kind: 'link', token }))).code).to.equal('link_not_valid')
    })

    it('does not sign in by a chat that was unlinked meanwhile, nor into a closed membership', async () => {
      const tutor = await join(school, school.admin, { role: 'tutor', name: 'Tutor' })
      const telegramId = newId()
      await linkTo(tutor.as, telegramId)
      const confirmed = async () => {
        const { token, secret } = await login()
        await bot.telegramConfirm({ telegramId, kind: 'login', token, answer: 'yes' })
        return secret
      }
      const [released, closed] = [await confirmed(), await confirmed()]
      await tutor.as.auth.telegramUnlink({})
      expect((await refusal(finish(released))).code).to.equal('telegram_not_linked')
      await linkTo(tutor.as, telegramId)
      await admin.people.disable({ userId: tutor.userId })
      expect((await refusal(finish(closed))).code).to.equal('membership_closed')
    })

    it('has a limit on the requests of one address', async () => {
      const request = () => refusal(school.as(undefined, { address: '203.0.113.77' }).auth.telegramLogin({}))
      await Promise.all(Array.from({ length: 100 }, () => request().catch(() => {})))
      expect((await request()).code).to.equal('too_many_requests')
    })
  })

  describe('linked to an account', () => {
    it('is on the card of each membership, in every school, with the next version', async () => {
      const second = await secondSchool(school, adminEmail)
      const telegramId = newId()
      const before = await cardOf(school.admin.accessToken)
      const seen = await bot.telegramConfirm({ telegramId, kind: 'link', token: tokenOf((await admin.auth.telegramLink({})).link) })
      expect(seen).to.deep.equal({ state: 'asked', agent: 'test', address: '192.0.2.1', name: 'Anna' })
      expect((await linkTo(admin, telegramId)).state).to.equal('confirmed')
      expect(await cardOf(school.admin.accessToken)).to.deep.equal({ ...before, telegramChatId: telegramId, version: before.version + 1 })
      const cards = (await school.world.published('user.updated')).filter(({ body }) => body.telegramChatId === telegramId)
      expect(cards.map(({ schoolId, body }) => [schoolId, body.userId])).to.have.deep.members([
        [school.admin.memberships[0]!.schoolId, school.admin.userId],
        [second.schoolId, second.userId],
      ])
      expect((await bot.telegram({ telegramId })).memberships).to.have.length(2)
    })

    it('is linked once, within ten minutes, and not when declined', async () => {
      const tutor = await join(school, school.admin, { role: 'tutor', name: 'Tutor' })
      const telegramId = newId()
      const { link, expiresAt } = await tutor.as.auth.telegramLink({})
      expect(Date.parse(expiresAt) - Date.now()).to.be.within(9 * minuteMs, 10 * minuteMs)
      const asked = { telegramId, kind: 'link' as const, token: tokenOf(link) }
      expect((await linkTo(tutor.as, telegramId, 'no')).state).to.equal('declined')
      expect((await cardOf(tutor.accessToken)).telegramChatId).to.equal(null)
      school.world.clock.set(new Date(Date.now() + 10 * minuteMs + 1000))
      expect((await refusal(bot.telegramConfirm({ ...asked, answer: 'yes' }))).code).to.equal('link_not_valid')
      school.world.clock.real()
      await bot.telegramConfirm({ ...asked, answer: 'yes' })
      const foreign = await refusal(bot.telegramConfirm({ ...asked, telegramId: newId(), answer: 'yes' }))
      expect(foreign.code).to.equal('link_not_valid')
    })

    it('belongs to one person only', async () => {
      const { telegramId } = await inTelegram()
      const tutor = await join(school, school.admin, { role: 'tutor', name: 'Tutor' })
      expect(await refusal(linkTo(tutor.as, telegramId))).to.deep.include({ code: 'telegram_taken', status: 409 })
      const free = newId()
      const both = [tutor, await join(school, school.admin, { role: 'tutor', name: 'Other' })]
      const settled = await Promise.allSettled(both.map(({ as }) => linkTo(as, free)))
      expect(settled.filter(({ status }) => status === 'fulfilled')).to.have.length(1)
    })

    it('is replaced by a newer one, and the sessions of the old one end', async () => {
      const tutor = await join(school, school.admin, { role: 'tutor', name: 'Tutor' })
      const [first, second] = [newId(), newId()]
      await linkTo(tutor.as, first)
      const { accessToken } = await bot.telegram({ telegramId: first })
      await linkTo(tutor.as, second)
      expect((await cardOf(tutor.accessToken)).telegramChatId).to.equal(second)
      expect((await refusal(bot.telegram({ telegramId: first }))).code).to.equal('telegram_not_linked')
      expect(await revoked()).to.include(sidOf(accessToken))
    })

    it('is unlinked, with its session, unless nothing else lets the person sign in', async () => {
      const tutor = await join(school, school.admin, { role: 'tutor', name: 'Tutor' })
      const telegramId = newId()
      await linkTo(tutor.as, telegramId)
      const { accessToken } = await bot.telegram({ telegramId })
      await tutor.as.auth.telegramUnlink({})
      await tutor.as.auth.telegramUnlink({})
      expect((await cardOf(tutor.accessToken)).telegramChatId).to.equal(null)
      expect(await revoked()).to.include(sidOf(accessToken))
      expect((await school.as().auth.login({ email: tutor.email, password })).userId).to.equal(tutor.userId)
      const child = await inTelegram()
      const only = await refusal(school.as(child.accessToken).auth.telegramUnlink({}))
      expect(only).to.deep.include({ code: 'no_other_sign_in', status: 409 })
    })

    it('keeps tokens and secrets as hashes only', async () => {
      const { token, secret } = await login()
      const rows = JSON.stringify(await school.world.sql('select r::text as row from "user".telegram_request r'))
      for (const one of [token, secret]) expect(rows).to.not.include(one)
    })
  })
})
