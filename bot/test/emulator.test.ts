import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'chai'
import { Telegraf, TelegramError } from 'telegraf'
import { openEmulator } from '../emulator/emulator.ts'
import { openWebhook } from './webhook.ts'

const token = '1:token'
const person = { id: 101, firstName: 'Анна <b>', languageCode: 'ru' }
type Answer = { ok: boolean; error_code?: number; description?: string; result?: never; parameters?: { retry_after: number } }

describe('the Bot API emulator', () => {
  let clock = 1_000_000
  let emulator: Awaited<ReturnType<typeof openEmulator>>
  const call = async (method: string, body: object, withToken = token): Promise<Answer> => {
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(`${emulator.url}/bot${withToken}/${method}`, { method: 'POST', headers, body: JSON.stringify(body) })
    return (await response.json()) as Answer
  }
  /** Each time more than a second later, so that only the tests of pace meet the limit. */
  const send = (body: object) => {
    clock += 1001
    return call('sendMessage', { chat_id: person.id, ...body })
  }
  const post = (path: string, body: Record<string, string>, headers = {}) =>
    fetch(`${emulator.url}/demo/telegram/${path}`, { method: 'POST', body: new URLSearchParams(body), redirect: 'manual', headers })

  beforeEach(async () => {
    emulator = await openEmulator({ token, people: [person], now: () => clock })
    emulator.chats.write(person.id, '/start')
  })
  afterEach(() => emulator.close())

  it('refuses another token, an unknown method and a chat that nobody started', async () => {
    expect((await call('getMe', {}, '2:other')).error_code).to.equal(401)
    expect((await call('getYou', {})).error_code).to.equal(404)
    expect((await call('sendMessage', { chat_id: 999, text: 'a' })).description).to.equal('Bad Request: chat not found')
  })

  it('takes 4096 characters and refuses 4097, not counting what marks them', async () => {
    expect((await send({ text: `<b>${'я'.repeat(4096)}</b>`, parse_mode: 'HTML' })).ok).to.equal(true)
    expect((await send({ text: 'я'.repeat(4097) })).description).to.equal('Bad Request: message is too long')
  })

  it('takes 64 bytes of callback_data and refuses 65', async () => {
    const withData = (data: string) => send({ text: 'a', reply_markup: { inline_keyboard: [[{ text: 'b', callback_data: data }]] } })
    expect((await withData('я'.repeat(32))).ok).to.equal(true)
    expect((await withData(`${'я'.repeat(32)}a`)).description).to.equal('Bad Request: BUTTON_DATA_INVALID')
  })

  it('takes no half of an emoji, in a text or on a button', async () => {
    const withLabel = (text: string) => send({ text: 'a', reply_markup: { inline_keyboard: [[{ text, callback_data: 'x' }]] } })
    for (const refused of [await send({ text: 'a\ud83d' }), await withLabel('b\ud83d')])
      expect(refused.description).to.equal('Bad Request: strings must be encoded in UTF-8')
    expect((await withLabel('b\ud83d\ude00')).ok).to.equal(true)
  })

  it('takes the address of a button only with a dot in its host and without spaces', async () => {
    const withUrl = (url: string) => send({ text: 'a', reply_markup: { inline_keyboard: [[{ text: 'b', url }]] } })
    for (const url of ['https://zoom.us/j/1', 'http://127.0.0.1:8000/x', 'tg://resolve?domain=a'])
      expect((await withUrl(url)).ok, url).to.equal(true)
    for (const url of ['https://meet/room', 'https://localhost:3000/x', 'https://zoom.us/ j', 'ftp://a.b', 'nonsense'])
      expect((await withUrl(url)).description, url).to.contain('Wrong HTTP URL')
  })

  it('takes 100 buttons in rows of 8 and 10 kB of markup, and refuses more', async () => {
    const withRows = (rows: number, width: number, label = 'b') => {
      const row = Array.from({ length: width }, () => ({ text: label, callback_data: 'x' }))
      return send({ text: 'a', reply_markup: { inline_keyboard: Array.from({ length: rows }, () => row) } })
    }
    expect((await withRows(20, 5)).ok).to.equal(true)
    for (const refused of [await withRows(101, 1), await withRows(1, 9), await withRows(30, 3, 'я'.repeat(50))])
      expect(refused.description).to.equal('Bad Request: reply markup is too long')
  })

  for (const broken of ['<b>a', 'a</b>', '<b><i>a</b></i>', '<script>a</script>', 'a < b', '<p>a</p>'])
    it(`refuses the broken HTML ${broken}`, async () => {
      expect((await send({ text: broken, parse_mode: 'HTML' })).description).to.contain("can't parse entities")
    })

  it('refuses a second message to a chat within a second and says when to try again', async () => {
    await send({ text: 'a' })
    const second = await call('sendMessage', { chat_id: person.id, text: 'b' })
    expect([second.error_code, second.parameters?.retry_after]).to.deep.equal([429, 1])
    expect((await send({ text: 'c' })).ok).to.equal(true)
  })

  it('refuses to write to a person who blocked the bot, sends the bot an update of it, and allows it again when they write', async () => {
    emulator.chats.block(person.id, true)
    expect((await send({ text: 'a' })).error_code).to.equal(403)
    emulator.chats.write(person.id, 'again')
    expect((await send({ text: 'a' })).ok).to.equal(true)
    const updates = (await call('getUpdates', {})).result as unknown as Record<string, unknown>[]
    expect(updates.filter((one) => 'my_chat_member' in one)).to.have.length(2)
  })

  it('refuses an edit that changes nothing and an answer to a tap that was answered', async () => {
    const { result } = await send({ text: 'a' })
    const { message_id: messageId } = result as unknown as { message_id: number }
    const edit = (text: string) => call('editMessageText', { chat_id: person.id, message_id: messageId, text })
    expect((await edit('a')).description).to.contain('message is not modified')
    expect((await edit('b')).ok).to.equal(true)
    emulator.chats.tap(person.id, messageId, 'v1:x')
    expect((await call('answerCallbackQuery', { callback_query_id: '1' })).ok).to.equal(true)
    expect((await call('answerCallbackQuery', { callback_query_id: '1' })).error_code).to.equal(400)
  })

  it('keeps an update until a later offset confirms it', async () => {
    const ids = async (offset: number) =>
      ((await call('getUpdates', { offset })).result as unknown as { update_id: number }[]).map(({ update_id }) => update_id)
    const [first = 0] = await ids(0)
    expect(await ids(0)).to.deep.equal([first])
    expect(await ids(first + 1)).to.deep.equal([])
  })

  it('ends the older of two pollers with a conflict', async () => {
    const last = 2_000_000
    const older = call('getUpdates', { offset: last, timeout: 10 })
    await wait(100)
    const newer = call('getUpdates', { offset: last, timeout: 1 })
    expect((await older).error_code).to.equal(409)
    expect((await newer).ok).to.equal(true)
  })

  it('brings updates to the webhook in order, with its secret, and again until one is accepted', async () => {
    const hook = await openWebhook(2)
    await call('setWebhook', { url: hook.url, secret_token: 'hook-secret' })
    emulator.chats.write(person.id, 'second')
    while (emulator.updates.count() > 0) await wait(20)
    expect(hook.received.map(({ text }) => text)).to.deep.equal(['/start', '/start', '/start', 'second'])
    expect(new Set(hook.received.map(({ secret }) => secret))).to.deep.equal(new Set(['hook-secret']))
    expect((await call('getUpdates', {})).error_code).to.equal(409)
    await hook.close()
  })

  it('works with telegraf: a command, a tap, an edited card and a refusal', async () => {
    const bot = new Telegraf(token, { telegram: { apiRoot: emulator.url } })
    bot.command('start', (context) =>
      context.replyWithHTML('<b>hello</b>', { reply_markup: { inline_keyboard: [[{ text: 'x', callback_data: 'v1:x' }]] } }),
    )
    bot.on('callback_query', async (context) => {
      await context.answerCbQuery('done')
      await context.editMessageText('changed')
    })
    const running = bot.launch()
    const chat = emulator.chats.find(person.id)
    const sent = () => chat?.messages.find(({ from }) => from === 'bot')
    while (!sent()) await wait(20)
    emulator.chats.tap(person.id, sent()?.id ?? 0, 'v1:x')
    while (sent()?.text !== 'changed') await wait(20)
    expect(chat?.toast).to.equal('done')
    const refusal = await bot.telegram.sendMessage(person.id, 'soon').catch((error: unknown) => error)
    expect(refusal).to.be.instanceOf(TelegramError)
    bot.stop()
    await emulator.close()
    await running.catch(() => {})
  })

  it('shows a chat as a page that escapes what people write, and accepts their messages and taps', async () => {
    await send({
      text: '<a href="https://example.org">link</a>',
      parse_mode: 'HTML',
      reply_markup: { inline_keyboard: [[{ text: '<i>', callback_data: '"x' }]] },
    })
    expect((await post('101/say', { text: '<script>alert(1)</script>' })).status).to.equal(303)
    expect((await post('101/press', { messageId: '2', data: '"x' })).status).to.equal(303)
    const response = await fetch(`${emulator.url}/demo/telegram/101`)
    const text = await response.text()
    expect(text).to.contain('&lt;script&gt;').and.contain('&lt;i&gt;').and.contain('Анна &lt;b&gt;').and.not.contain('<script>')
    expect(response.headers.get('content-security-policy')).to.contain("default-src 'none'")
  })

  it('shows the commands of a chat before those of its language, and these before those of all', async () => {
    const setCommands = (command: string, more: object) => call('setMyCommands', { commands: [{ command, description: 'a' }], ...more })
    const commands = () => emulator.chats.commandsOf(emulator.chats.all()[0]!).map(({ command }) => command)
    await setCommands('all', {})
    expect(commands()).to.deep.equal(['all'])
    await setCommands('russian', { language_code: 'ru' })
    expect(commands()).to.deep.equal(['russian'])
    await setCommands('own', { scope: { type: 'chat', chat_id: person.id } })
    expect(commands()).to.deep.equal(['own'])
    expect((await setCommands('own', { scope: { type: 'chat', chat_id: 9 } })).description).to.equal('Bad Request: chat not found')
  })

  it('asks who opens a link to the bot, and sends /start with the argument of the link in their name', async () => {
    const page = await (await fetch(`${emulator.url}/demo/telegram/open?start=inv_x-1`)).text()
    expect(page).to.contain('value="/start inv_x-1"').and.contain('/demo/telegram/101/say')
    expect((await fetch(`${emulator.url}/demo/telegram/open?start=%22%3E`)).status).to.equal(400)
  })

  it('notifies an open page of news, and accepts a message without leaving it', async () => {
    const leaving = new AbortController()
    const news = await fetch(`${emulator.url}/demo/telegram/101/news`, { signal: leaving.signal })
    const reader = news.body!.getReader()
    await reader.read()
    expect((await post('101/say?stay', { text: 'a' })).status).to.equal(204)
    expect(new TextDecoder().decode((await reader.read()).value)).to.equal('data: news\n\n')
    leaving.abort()
  })

  it('accepts no message from a form of another site', async () => {
    expect((await post('101/say', { text: 'a' }, { 'sec-fetch-site': 'cross-site' })).status).to.equal(403)
  })
})
