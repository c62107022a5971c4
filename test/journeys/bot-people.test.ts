import { randomUUIDv7 } from 'node:crypto'
import { authApi } from '@repitbot/contracts/auth'
import { client } from '@repitbot/contracts/client'
import { expect } from 'chai'
import { type Chat, openTelegram, type Telegram } from '../telegram.ts'

const ids = { tutor: 101, parent: 103, guest: 105, other: 106, blocker: 107, group: -5 }

describe('people and the bot', function () {
  this.timeout(60_000)
  let telegram: Telegram
  before(async () => {
    telegram = await openTelegram(ids)
    await telegram.link('tutor', telegram.platform.people.tutor)
  })
  after(() => telegram?.close())
  /** Whoever has the chat becomes a parent too. */
  const becomeParent = async (chat: Chat) => {
    const { as, people } = telegram.platform
    const { userId } = await as('admin').people.create({ role: 'parent', name: 'at home', studentIds: [people.sibling.userId] })
    const { token } = await as('admin').people.invite({ role: 'parent', userId })
    await chat.say(`/start inv_${token}`)
  }

  it('register by an invitation sent from one chat to another, and learn who invited them before they are asked for consent', async () => {
    const { people } = telegram.platform
    const tutor = telegram.chat('tutor')
    await tutor.say('/invite')
    await tutor.press('student')
    await tutor.press('Родитель')
    const [, token] = /start=(inv_[\w-]{22,60})/.exec(tutor.text()) ?? []
    const guest = telegram.chat('guest')
    await guest.say(`/start ${token}`)
    expect(guest.text())
      .to.match(/^A\nПриглашает tutor\. /)
      .and.contain('Присылать сюда')
    const member = async () => (await telegram.platform.as('admin').people.list({ role: 'parent' })).find(({ name }) => name === 'guest')
    expect((await member())?.channels, 'nobody was asked yet').to.equal(null)
    await guest.press('Нет')
    expect((await member())?.channels).to.deep.equal([])
    await guest.say('/settings')
    await guest.press('Telegram: нет')
    expect((await member())?.channels).to.deep.equal(['telegram'])
    await guest.say('/children')
    expect(guest.text()).to.contain('student')
    expect(guest.commands()).to.include('children')
    const links = await telegram.platform.as('admin').people.links({ overId: people.student.userId })
    expect(links.filter(({ holderId }) => holderId !== people.parent.userId).map(({ as }) => as)).to.include('parent')
  })

  it('register by the code alone, and are told when it was already used', async () => {
    const { code } = await telegram.platform.as('admin').people.invite({ role: 'student' })
    const other = telegram.chat('other')
    await other.say('WRONG-CODE')
    expect(other.text()).to.contain('Ссылка или код уже использованы')
    await other.say(code!)
    expect(other.text()).to.contain('Приглашает admin')
    await telegram.chat('parent').say(code!)
    expect(telegram.chat('parent').text()).to.contain('Ссылка или код уже использованы')
  })

  it('sign a page in by the number that it shows, are warned before, and refuse it by a no or another number', async () => {
    const tutor = telegram.chat('tutor')
    const agent = 'RepitBot school journal. To see the homework press the first button'
    const page = client(authApi, { origin: telegram.platform.gateway.url, headers: { 'user-agent': agent } })
    const signInWith = async (choose: (number: string, offered: string[]) => string) => {
      const { link, secret, number } = await page.telegramLogin({})
      await tutor.say(`/start ${new URL(link).searchParams.get('start')}`)
      expect(tutor.text()).to.match(/^Вход на страницу\n.*нажать «Нет».*\n\nБраузер: неизвестный\nАдрес: 127\.0\.0\.1\n/)
      const [no, ...offered] = tutor.labels()
      expect(no).to.contain('Нет')
      expect(offered).to.have.length(3)
      await tutor.press(choose(String(number), offered))
      return page.telegramFinish({ secret }).then(
        ({ userId }) => userId,
        ({ problem }: { problem: { code: string } }) => problem.code,
      )
    }
    expect(await signInWith(() => 'Нет')).to.equal('link_not_valid')
    expect(await signInWith((number, offered) => offered.find((one) => one !== number)!)).to.equal('link_not_valid')
    expect(await signInWith((number) => number)).to.equal(telegram.platform.people.tutor.userId)
  })

  it('switch to another membership of theirs by one tap', async () => {
    const tutor = telegram.chat('tutor')
    await becomeParent(tutor)
    await tutor.say('/menu')
    expect(tutor.labels().join()).to.contain('Дети').and.contain('A: репетитор')
    await tutor.press('A: репетитор')
    expect(tutor.labels().join()).to.contain('Ученики').and.contain('A: родитель')
    expect(tutor.commands()).to.include('add_lesson')
  })

  it('who block the bot cause one event for each of their schools, and one when they unblock it', async () => {
    const { world, newcomer } = telegram.platform
    const who = await newcomer('tutor')
    await becomeParent(await telegram.link('blocker', who))
    telegram.emulator.chats.block(ids.blocker, true)
    await telegram.idle()
    const blocked = (await world.published('channel.blocked')).map(({ schoolId, body }) => ({ schoolId, ...body, at: '' }))
    expect(blocked).to.have.length(2)
    expect(blocked).to.deep.include({ schoolId: who.schoolId, userId: who.userId, channel: 'telegram', at: '' })
    telegram.emulator.chats.block(ids.blocker, false)
    await telegram.idle()
    expect(await world.published('channel.revived')).to.have.length(2)
  })

  it('are unknown to the bot after they have unlinked Telegram', async () => {
    const tutor = telegram.chat('tutor')
    await tutor.say('/settings')
    await tutor.press('Отвязать')
    expect(tutor.text()).to.contain('Отвязать этот Telegram')
    await tutor.press('Да, отвязать')
    await tutor.say('/today')
    expect(tutor.text()).to.contain('не знакомы')
    await telegram.link('tutor', telegram.platform.people.tutor)
    expect(tutor.labels().join()).to.contain('Ученики')
  })
})

describe('the webhook of the bot', function () {
  this.timeout(60_000)
  let telegram: Telegram
  before(async () => {
    telegram = await openTelegram(ids, { webhook: true })
  })
  after(() => telegram?.close())
  const post = (body: object, secret = 'a-guess') =>
    fetch(`${telegram.platform.gateway.url}/telegram/webhook`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': secret },
      body: JSON.stringify(body),
    })
  const update = (updateId: number, text: string) => ({
    update_id: updateId,
    message: {
      message_id: 1,
      date: 0,
      chat: { id: ids.guest, type: 'private' },
      from: { id: ids.guest, is_bot: false, first_name: 'guest' },
      text,
    },
  })

  it('accepts updates through the gateway only with the secret, and handles each once', async () => {
    const guest = telegram.chat('guest')
    const before = guest.count()
    await guest.say('/start')
    expect(guest.count()).to.equal(before + 1)
    expect((await post(update(1, '/help'))).status).to.equal(401)
    const { secret } = telegram.emulator.updates.webhook() ?? {}
    const again = await Promise.all([1, 1, 1].map(() => post(update(1, '/help'), secret)))
    expect(again.map(({ status }) => status)).to.deep.equal([204, 204, 204])
    await telegram.idle()
    expect(guest.count()).to.equal(before + 2)
  })

  it('answers in a group only messages to the bot, and shows no personal data there', async () => {
    const { secret } = telegram.emulator.updates.webhook() ?? {}
    const inGroup = (text: string) => {
      const { update_id, message } = update(100 + text.length, text)
      return { update_id, message: { ...message, chat: { id: ids.group, type: 'supergroup' } } }
    }
    const group = telegram.emulator.chats.find(ids.group)
    if (group) group.started = true
    await post(inGroup('who teaches today?'), secret)
    await telegram.idle()
    expect(telegram.chat('group').count()).to.equal(0)
    await post(inGroup('/today@repitbot'), secret)
    await telegram.idle()
    expect(telegram.chat('group').text()).to.contain('Мне можно написать в личном чате')
  })

  it('takes an update with half an emoji, a zero byte or a bottomless list, and goes on', async () => {
    const { secret } = telegram.emulator.updates.webhook() ?? {}
    const guest = telegram.chat('guest')
    for (const [at, text] of ['/menu \ud83d', '/menu \0', '/menu'].entries()) {
      const before = guest.count()
      expect((await post(update(600 + at, text), secret)).status).to.equal(204)
      await telegram.idle()
      expect(guest.count(), text).to.equal(before + 1)
    }
    const deep = `{"update_id": 700, "message": ${'['.repeat(50_000)}${']'.repeat(50_000)}}`
    const answer = await fetch(`${telegram.platform.gateway.url}/telegram/webhook`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': secret ?? '' },
      body: deep,
    })
    expect(answer.status).to.equal(400)
  })

  it('skips an update that it cannot read, and goes on', async () => {
    const { secret } = telegram.emulator.updates.webhook() ?? {}
    await post({ update_id: 500, message: { chat: 'nobody', text: randomUUIDv7() } }, secret)
    const guest = telegram.chat('guest')
    await guest.say('/menu')
    expect(guest.text()).to.contain('не знакомы')
  })
})
