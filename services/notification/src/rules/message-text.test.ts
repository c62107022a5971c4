import { expect } from 'chai'
import type { Message } from './channel.ts'
import { emailHtml } from './email-html.ts'
import { telegramText } from './telegram-text.ts'

const written = `<img src="x">&'"`
const message = (given: Partial<Message> = {}): Message => ({
  ...{ id: 'id', to: 'to', school: undefined, language: 'ru', title: 'Title', body: 'Body' },
  link: { url: 'https://school.test/inbox', label: 'Open' },
  ...given,
})

describe('a message as it is sent', () => {
  it('has nothing that people wrote as markup anywhere in an e-mail: school, title, lines, links, footer', () => {
    const link = { url: `https://school.test/${written}`, label: written }
    const html = emailHtml(message({ school: written, title: written, body: `${written}\n${written}`, link, unsubscribe: link }), written)
    expect(html).to.not.contain('<img').and.not.contain('"x"')
    expect(html.split('&lt;img src=&quot;x&quot;&gt;&amp;&#39;&quot;')).to.have.length(11)
  })

  it('is never cut through a character, in Telegram, wherever the bound falls', () => {
    for (const shift of ['', 'a']) {
      const long = `${shift}${'😀'.repeat(2_500)}`
      for (const text of [telegramText(message({ body: long }), 'All'), telegramText(message({ title: long }), 'All')]) {
        expect(text.isWellFormed()).to.equal(true)
        expect(text.replaceAll(/<[^>]*>/g, '').length).to.be.at.most(4096)
      }
    }
  })
})
