import type { Entered } from '@repitbot/contracts/auth'
import { expect } from 'chai'
import { join, refusal } from './school.ts'
import { openTelegramSchool, sidOf, startOf, type TelegramSchool } from './telegram-school.ts'

const minuteMs = 60_000
const dayMs = 86_400_000

describe('Telegram', () => {
  let on: TelegramSchool
  before(async () => {
    on = await openTelegramSchool()
  })
  after(() => on.school.world.close())
  afterEach(() => on.school.world.clock.real())

  describe('as the way in', () => {
    it('accepts an invitation and is then the account, without an e-mail also for a parent', async () => {
      const tutor = await join(on.school, on.school.admin, { role: 'tutor', name: 'Ольга' })
      const child = await tutor.as.people.create({ role: 'student', name: 'Коля' })
      const made = await tutor.as.people.invite({ role: 'parent', studentIds: [child.userId] })
      expect(startOf(made.telegramLink ?? ''))
        .to.equal(`inv_${made.token}`)
        .and.match(/^[\w-]{1,64}$/)
      const telegramId = on.newId()
      const named = await refusal(on.bot.telegramAccept({ telegramId, token: made.token }))
      expect(named).to.deep.include({ code: 'invalid_input', fields: ['name'] })
      const joined = await on.bot.telegramAccept({ telegramId, token: made.token, name: 'Мама', language: 'en' })
      expect(joined).to.include({ invitedBy: 'Ольга', school: 'School' }).and.not.have.property('refreshToken')
      expect(joined.card).to.include({ role: 'parent', name: 'Мама', language: 'en', email: null, telegramChatId: telegramId })
      const parent = on.school.as(joined.accessToken)
      expect((await parent.people.list({})).map(({ name }) => name)).to.have.members(['Мама', 'Коля'])
      const created = (await on.school.world.published('user.created')).find(({ body }) => body.userId === joined.userId)
      expect(created?.body).to.deep.equal(joined.card)
    })

    it('takes over the membership that waits, by code too, and an invitation that was accepted is refused', async () => {
      const child = await on.admin.people.create({ role: 'student', name: 'Петя' })
      const { code, token } = await on.admin.people.invite({ role: 'student', userId: child.userId })
      const joined = await on.bot.telegramAccept({ telegramId: on.newId(), code: code!.toLowerCase() })
      expect(joined.userId).to.equal(child.userId)
      expect(joined.card).to.include({ name: 'Петя', version: 2 })
      expect((await refusal(on.bot.telegramAccept({ telegramId: on.newId(), token }))).code).to.equal('link_not_valid')
      expect((await refusal(on.admin.people.invite({ role: 'student', userId: child.userId }))).code).to.equal('already_signs_in')
    })

    it('lets somebody who has it join as the same person, and choose between their memberships', async () => {
      const child = await on.inTelegram()
      const { token } = await on.admin.people.invite({ role: 'tutor' })
      const joined = await on.bot.telegramAccept({ telegramId: child.telegramId, token, name: 'As a tutor' })
      expect(joined.memberships.map(({ userId }) => userId)).to.have.members([child.userId, joined.userId])
      expect((await on.bot.telegram({ telegramId: child.telegramId })).userId, 'the one used last').to.equal(joined.userId)
      expect((await on.bot.telegram({ telegramId: child.telegramId, userId: child.userId })).card.role).to.equal('student')
      const stranger = await refusal(on.bot.telegram({ telegramId: child.telegramId, userId: on.school.admin.userId }))
      expect(stranger.code).to.equal('not_found')
      const again = await on.admin.people.invite({ role: 'tutor' })
      const twice = await refusal(on.bot.telegramAccept({ telegramId: child.telegramId, token: again.token, name: 'X' }))
      expect(twice.code).to.equal('already_member')
    })

    it('is one session in the list, which the person ends as any other', async () => {
      const { telegramId, accessToken } = await on.inTelegram()
      const tokens = await Promise.all(Array.from({ length: 5 }, () => on.bot.telegram({ telegramId })))
      expect(new Set([accessToken, ...tokens.map((one) => one.accessToken)].map(sidOf)).size).to.equal(1)
      const me = on.school.as(accessToken)
      const [session, ...others] = await me.auth.sessions({})
      expect([session?.agent, others]).to.deep.equal(['Telegram', []])
      await me.auth.endSession({ sessionId: session!.id })
      expect(await on.revoked()).to.include(session!.id)
      expect(sidOf((await on.bot.telegram({ telegramId })).accessToken), 'the next message begins another').to.not.equal(session!.id)
    })

    it('stays active as long as it is used, and ends with the membership', async () => {
      const { telegramId, userId } = await on.inTelegram()
      on.school.world.clock.set(new Date(Date.now() + 200 * dayMs))
      const late = await on.bot.telegram({ telegramId })
      expect((await on.school.as(late.accessToken).auth.sessions({})).map(({ agent }) => agent)).to.deep.equal(['Telegram'])
      on.school.world.clock.real()
      await on.admin.people.disable({ userId })
      expect((await refusal(on.bot.telegram({ telegramId }))).code).to.equal('membership_closed')
      expect(await on.revoked()).to.include(sidOf(late.accessToken))
    })

    it('is refused before it is linked, and guessing in the chat has a limit', async () => {
      expect(await refusal(on.bot.telegram({ telegramId: on.newId() }))).to.deep.include({ code: 'telegram_not_linked', status: 404 })
      expect((await refusal(on.bot.telegram({ telegramId: 'x' }))).fields).to.deep.equal(['telegramId'])
      const telegramId = on.newId()
      const guesses = Array.from({ length: 15 }, async () => (await refusal(on.bot.telegramAccept({ telegramId, code: 'AAAA-AAAA' }))).code)
      expect((await Promise.all(guesses)).filter((code) => code === 'link_not_valid')).to.have.length(10)
    })
  })

  describe('on the page', () => {
    it('signs in by a deep link: shown, confirmed in the chat, finished once by the page', async () => {
      const { telegramId, userId } = await on.inTelegram()
      const { token, secret, link, number } = await on.login()
      expect(startOf(link)).to.match(/^login_[\w-]{22}$/)
      expect((await refusal(on.finish(secret))).code).to.equal('not_confirmed_yet')
      const asked = await on.bot.telegramConfirm({ telegramId, kind: 'login', token })
      const { numbers = [], ...shown } = asked
      expect(shown).to.deep.equal({ state: 'asked', agent: 'Firefox', address: '203.0.113.5', name: 'Child' })
      expect(new Set(numbers).size).to.equal(3)
      expect(numbers)
        .to.include(number)
        .and.to.deep.equal(numbers.toSorted((a, b) => a - b))
      const confirm = () => on.bot.telegramConfirm({ telegramId, kind: 'login', token, answer: 'yes', number })
      expect((await confirm()).state).to.equal('confirmed')
      expect((await confirm()).state, 'a double tap').to.equal('confirmed')
      const tries = await Promise.allSettled(Array.from({ length: 5 }, () => on.finish(secret)))
      const entered = tries.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
      expect(entered).to.have.length(1)
      expect(entered[0]?.userId).to.equal(userId)
      expect((await on.school.as().auth.refresh({ refreshToken: (entered[0] as Entered).refreshToken })).expiresIn).to.be.at.most(600)
      expect((await refusal(on.finish(secret))).code).to.equal('link_not_valid')
      expect((await refusal(confirm())).code, 'nothing is left to confirm').to.equal('link_not_valid')
    })

    it('does not sign in when declined, late, or by the half that belongs to the chat', async () => {
      const { telegramId } = await on.inTelegram()
      const declined = await on.login()
      await on.bot.telegramConfirm({ telegramId, kind: 'login', token: declined.token, answer: 'no' })
      const changed = await on.bot.telegramConfirm({
        telegramId,
        kind: 'login',
        token: declined.token,
        answer: 'yes',
        number: declined.number,
      })
      expect(changed.state, 'the first answer counts').to.equal('declined')
      expect((await refusal(on.finish(declined.secret))).code).to.equal('link_not_valid')
      const late = await on.login()
      await on.bot.telegramConfirm({ telegramId, kind: 'login', token: late.token, answer: 'yes', number: late.number })
      expect((await refusal(on.finish(late.token))).code).to.equal('link_not_valid')
      on.school.world.clock.set(new Date(Date.now() + 10 * minuteMs + 1000))
      expect((await refusal(on.finish(late.secret))).code).to.equal('link_not_valid')
      const over = await refusal(on.bot.telegramConfirm({ telegramId, kind: 'login', token: late.token }))
      expect(over.code).to.equal('link_not_valid')
    })

    it('does not sign in by a number that its page does not show, and then not by the right one', async () => {
      const { telegramId } = await on.inTelegram()
      const { token, secret, number } = await on.login()
      const answer = (given: number) => on.bot.telegramConfirm({ telegramId, kind: 'login', token, answer: 'yes', number: given })
      const { numbers = [] } = await on.bot.telegramConfirm({ telegramId, kind: 'login', token })
      expect((await answer(numbers.find((one) => one !== number)!)).state).to.equal('declined')
      expect((await answer(number)).state).to.equal('declined')
      expect((await refusal(on.finish(secret))).code).to.equal('link_not_valid')
    })

    it('is confirmed by nobody else once somebody has, nor by a chat without an account', async () => {
      const [one, other] = [await on.inTelegram(), await on.inTelegram()]
      const { token, secret, number } = await on.login()
      const answer = (telegramId: string) => on.bot.telegramConfirm({ telegramId, kind: 'login', token, answer: 'yes', number })
      expect((await refusal(answer(on.newId()))).code).to.equal('telegram_not_linked')
      await answer(one.telegramId)
      expect((await refusal(answer(other.telegramId))).code).to.equal('link_not_valid')
      expect((await on.finish(secret)).userId).to.equal(one.userId)
      expect((await refusal(on.bot.telegramConfirm({ telegramId: one.telegramId, kind: 'link', token }))).code).to.equal('link_not_valid')
    })

    it('does not sign in by a chat that was unlinked meanwhile, nor into a closed membership', async () => {
      const tutor = await join(on.school, on.school.admin, { role: 'tutor', name: 'Tutor' })
      const telegramId = on.newId()
      await on.linkTo(tutor.as, telegramId)
      const confirmed = async () => {
        const { token, secret, number } = await on.login()
        await on.bot.telegramConfirm({ telegramId, kind: 'login', token, answer: 'yes', number })
        return secret
      }
      const [released, closed] = [await confirmed(), await confirmed()]
      await tutor.as.auth.telegramUnlink({})
      expect((await refusal(on.finish(released))).code).to.equal('telegram_not_linked')
      await on.linkTo(tutor.as, telegramId)
      await on.admin.people.disable({ userId: tutor.userId })
      expect((await refusal(on.finish(closed))).code).to.equal('membership_closed')
    })

    it('has a limit on the requests of one address', async () => {
      const request = () => refusal(on.school.as(undefined, { address: '203.0.113.77' }).auth.telegramLogin({}))
      await Promise.all(Array.from({ length: 100 }, () => request().catch(() => {})))
      expect((await request()).code).to.equal('too_many_requests')
    })
  })
})
