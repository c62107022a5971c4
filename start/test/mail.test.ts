import { expect } from 'chai'
import express from 'express'
import { emailChannel } from '../../services/notification/src/flows/send-email.ts'
import { type MailCatcher, openMailCatcher } from '../mail.ts'

describe('the mail of a demo', () => {
  let catcher: MailCatcher
  let server: ReturnType<ReturnType<typeof express>['listen']>
  let origin: string
  before(async () => {
    catcher = await openMailCatcher()
    const app = express()
    catcher.pages(app)
    server = app.listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    origin = `http://127.0.0.1:${(server.address() as { port: number }).port}`
  })
  after(async () => {
    server.close()
    await catcher.close()
  })
  const page = async (path: string) => {
    const answer = await fetch(origin + path, { headers: { 'accept-language': 'en' } })
    return { status: answer.status, policy: answer.headers.get('content-security-policy') ?? '', text: await answer.text() }
  }

  it('is listed and shown as it was written, escaped, and without scripts', async () => {
    expect((await page('/demo/mail')).text).to.contain('No letters yet')
    const link = { url: 'http://127.0.0.1:8000/reset#token', label: 'Задать новый пароль' }
    const subject = 'Новый пароль: <b>Маша</b> и длинная тема, которая не помещается в одну строку заголовка'
    const letter = {
      id: 'a-letter',
      to: 'masha@school.test',
      school: undefined,
      language: 'ru' as const,
      title: subject,
      body: 'Привет, <script>alert(1)</script>!\nПока.',
      link,
    }
    const { hostname: host, port } = new URL(catcher.url)
    const server = { host, port: Number(port), secure: false }
    expect(await emailChannel({ server, from: 'Школа <school@school.test>' }).send(letter)).to.deep.equal({ kind: 'sent' })
    const list = await page('/demo/mail')
    expect(list.text)
      .to.contain('Новый пароль: &lt;b&gt;Маша&lt;/b&gt; и длинная тема, которая не помещается')
      .and.contain('masha@school.test')
    const one = await page('/demo/mail/1')
    expect(one.text).to.contain('Привет, &lt;script&gt;').and.contain('Школа').and.contain('http://127.0.0.1:8000/reset#token')
    const html = await page('/demo/mail/1/html')
    expect(html.text).to.contain('<h1').and.contain('Задать новый пароль').and.not.contain('<script>')
    for (const { policy } of [list, one, html])
      expect(policy)
        .to.match(/^default-src 'none'/)
        .and.not.match(/script-src/)
    expect(html.policy).to.contain('sandbox')
  })

  it('answers 404 for a letter that does not exist', async () => {
    expect((await page('/demo/mail/7')).status).to.equal(404)
  })
})
