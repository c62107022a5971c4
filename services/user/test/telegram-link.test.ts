import { expect } from 'chai'
import { adminEmail, join, password, refusal, secondSchool } from './school.ts'
import { openTelegramSchool, sidOf, type TelegramSchool, tokenOf } from './telegram-school.ts'

const minuteMs = 60_000

describe('Telegram linked to an account', () => {
  let on: TelegramSchool
  before(async () => {
    on = await openTelegramSchool()
  })
  after(() => on.school.world.close())
  afterEach(() => on.school.world.clock.real())

  it('is on the card of each membership, in every school, with the next version', async () => {
    const second = await secondSchool(on.school, adminEmail)
    const telegramId = on.newId()
    const before = await on.cardOf(on.school.admin.accessToken)
    const seen = await on.bot.telegramConfirm({ telegramId, kind: 'link', token: tokenOf((await on.admin.auth.telegramLink({})).link) })
    expect(seen).to.deep.equal({ state: 'asked', agent: 'test', address: '192.0.2.1', name: 'Anna' })
    expect((await on.linkTo(on.admin, telegramId)).state).to.equal('confirmed')
    expect(await on.cardOf(on.school.admin.accessToken)).to.deep.equal({
      ...before,
      telegramChatId: telegramId,
      version: before.version + 1,
    })
    const cards = (await on.school.world.published('user.updated')).filter(({ body }) => body.telegramChatId === telegramId)
    expect(cards.map(({ schoolId, body }) => [schoolId, body.userId])).to.have.deep.members([
      [on.school.admin.memberships[0]!.schoolId, on.school.admin.userId],
      [second.schoolId, second.userId],
    ])
    expect((await on.bot.telegram({ telegramId })).memberships).to.have.length(2)
  })

  it('is linked once, within ten minutes, and not when declined', async () => {
    const tutor = await join(on.school, on.school.admin, { role: 'tutor', name: 'Tutor' })
    const telegramId = on.newId()
    const { link, expiresAt } = await tutor.as.auth.telegramLink({})
    expect(Date.parse(expiresAt) - Date.now()).to.be.within(9 * minuteMs, 10 * minuteMs)
    const asked = { telegramId, kind: 'link' as const, token: tokenOf(link) }
    expect((await on.linkTo(tutor.as, telegramId, 'no')).state).to.equal('declined')
    expect((await on.cardOf(tutor.accessToken)).telegramChatId).to.equal(null)
    on.school.world.clock.set(new Date(Date.now() + 10 * minuteMs + 1000))
    expect((await refusal(on.bot.telegramConfirm({ ...asked, answer: 'yes' }))).code).to.equal('link_not_valid')
    on.school.world.clock.real()
    await on.bot.telegramConfirm({ ...asked, answer: 'yes' })
    const foreign = await refusal(on.bot.telegramConfirm({ ...asked, telegramId: on.newId(), answer: 'yes' }))
    expect(foreign.code).to.equal('link_not_valid')
  })

  it('belongs to one person only', async () => {
    const { telegramId } = await on.inTelegram()
    const tutor = await join(on.school, on.school.admin, { role: 'tutor', name: 'Tutor' })
    expect(await refusal(on.linkTo(tutor.as, telegramId))).to.deep.include({ code: 'telegram_taken', status: 409 })
    const free = on.newId()
    const both = [tutor, await join(on.school, on.school.admin, { role: 'tutor', name: 'Other' })]
    const settled = await Promise.allSettled(both.map(({ as }) => on.linkTo(as, free)))
    expect(settled.filter(({ status }) => status === 'fulfilled')).to.have.length(1)
  })

  it('is replaced only once it was unlinked, also by a link that was made before', async () => {
    const tutor = await join(on.school, on.school.admin, { role: 'tutor', name: 'Tutor' })
    const [first, second] = [on.newId(), on.newId()]
    const early = tokenOf((await tutor.as.auth.telegramLink({})).link)
    const confirmEarly = () => on.bot.telegramConfirm({ telegramId: second, kind: 'link', token: early, answer: 'yes' })
    await on.linkTo(tutor.as, first)
    expect(await refusal(tutor.as.auth.telegramLink({}))).to.deep.include({ code: 'telegram_linked_already', status: 409 })
    expect((await refusal(confirmEarly())).code).to.equal('telegram_linked_already')
    const { accessToken } = await on.bot.telegram({ telegramId: first })
    await tutor.as.auth.telegramUnlink({})
    await confirmEarly()
    expect((await on.cardOf(tutor.accessToken)).telegramChatId).to.equal(second)
    expect((await refusal(on.bot.telegram({ telegramId: first }))).code).to.equal('telegram_not_linked')
    expect(await on.revoked()).to.include(sidOf(accessToken))
  })

  it('is linked and unlinked by the password, once the sign-in is ten minutes old, however often its membership was switched', async () => {
    const second = await secondSchool(on.school, adminEmail)
    const entered = await on.school.as().auth.login({ email: adminEmail, password })
    await on.school.as(entered.accessToken).auth.telegramUnlink({})
    const elevenMinutes = `interval '11 minutes'`
    await on.school.world.sql(
      `update "user".session set started_at = started_at - ${elevenMinutes}, expires_at = expires_at - ${elevenMinutes}`,
    )
    const switched = await on.school.as(entered.accessToken).auth.switch({ userId: second.userId })
    const me = on.school.as(switched.accessToken).auth
    for (const change of [me.telegramLink, me.telegramUnlink]) {
      expect(await refusal(change({}))).to.deep.include({ code: 'password_needed', status: 403 })
      expect((await refusal(change({ password: 'wrong password' }))).code).to.equal('wrong_credentials')
      await change({ password })
    }
    const guesses = Array.from({ length: 12 }, (_, n) => me.telegramLink({ password: `wrong ${n}` }, { idempotencyKey: `guess ${n}` }))
    const codes = (await Promise.all(guesses.map(refusal))).map(({ code }) => code)
    expect(codes.filter((code) => code === 'wrong_credentials')).to.have.length(10)
    const child = await on.inTelegram()
    await on.school.world.sql(`update "user".session set expires_at = expires_at - ${elevenMinutes}`)
    const only = await refusal(on.school.as(child.accessToken).auth.telegramUnlink({}))
    expect(only.code, 'who has no password').to.equal('no_other_sign_in')
  })

  it('is unlinked, with its session, unless nothing else lets the person sign in', async () => {
    const tutor = await join(on.school, on.school.admin, { role: 'tutor', name: 'Tutor' })
    const telegramId = on.newId()
    await on.linkTo(tutor.as, telegramId)
    const { accessToken } = await on.bot.telegram({ telegramId })
    await tutor.as.auth.telegramUnlink({})
    await tutor.as.auth.telegramUnlink({})
    expect((await on.cardOf(tutor.accessToken)).telegramChatId).to.equal(null)
    expect(await on.revoked()).to.include(sidOf(accessToken))
    expect((await on.school.as().auth.login({ email: tutor.email, password })).userId).to.equal(tutor.userId)
    const child = await on.inTelegram()
    const only = await refusal(on.school.as(child.accessToken).auth.telegramUnlink({}))
    expect(only).to.deep.include({ code: 'no_other_sign_in', status: 409 })
  })

  it('stays at a sign-out everywhere, or is unlinked with it, by the password as ever, unless it is the only way in', async () => {
    const tutor = await join(on.school, on.school.admin, { role: 'tutor', name: 'Tutor' })
    const telegramId = on.newId()
    await on.linkTo(tutor.as, telegramId)
    await tutor.as.auth.signOutEverywhere({})
    await on.bot.telegram({ telegramId })
    const enter = async () => (await on.school.as().auth.login({ email: tutor.email, password })).accessToken
    const old = await enter()
    await on.school.world.sql(`update "user".session set expires_at = expires_at - interval '11 minutes'`)
    const all = on.school.as(old).auth.signOutEverywhere
    expect((await refusal(all({ unlinkTelegram: true }))).code).to.equal('password_needed')
    const { accessToken } = await on.bot.telegram({ telegramId })
    await all({ unlinkTelegram: true, password })
    expect((await refusal(on.bot.telegram({ telegramId }))).code).to.equal('telegram_not_linked')
    expect(await on.revoked()).to.include.members([sidOf(old), sidOf(accessToken)])
    expect((await on.cardOf(await enter())).telegramChatId).to.equal(null)
    const child = await on.inTelegram()
    const only = await refusal(on.school.as(child.accessToken).auth.signOutEverywhere({ unlinkTelegram: true }))
    expect(only.code).to.equal('no_other_sign_in')
    expect(await on.revoked(), 'nothing is half done').to.not.include(sidOf(child.accessToken))
  })

  it('keeps tokens and secrets as hashes only', async () => {
    const { token, secret } = await on.login()
    const rows = JSON.stringify(await on.school.world.sql('select r::text as row from "user".telegram_request r'))
    for (const one of [token, secret]) expect(rows).to.not.include(one)
  })
})
