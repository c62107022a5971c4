import { form, group, privacy, settings, stranger, unknown } from '@repitbot/contracts/texts/ru/bot'
import { failures } from '@repitbot/contracts/texts/ru/failures'
import { letters } from '@repitbot/contracts/texts/ru/user'
import { expect } from 'chai'

/** What pupils and grown-ups read alike: refusals, letters to whoever asked, and what the bot says to everybody. */
const forEverybody = { failures, letters, bot: { form, group, privacy, settings, stranger, unknown } }

const edge = (words: string) => `(?<![а-яё])(?:${words})(?![а-яё])`
const polite = `${edge('вы|вам|вас|вами|ваш[а-яё]*')}|[а-яё](?:йте|ите|ьте|ете|ёте)(?:сь)?(?![а-яё])`
const pronouns = 'ты|тебя|тебе|тобой|тво[а-яё]+'
const commands =
  'проверь|подожди|повтори|попробуй|войди|выйди|попроси|открой|нажми|возьми|скажи|раздели|назначь|отвяжи|привяжи|выбери|напиши|вернись'
const addressing = new RegExp(`${polite}|${edge(`${pronouns}|${commands}`)}`, 'i')

const textsIn = (texts: object): string[] => Object.values(texts).flatMap((text) => (typeof text === 'string' ? [text] : textsIn(text)))

describe('a text that pupils and grown-ups read alike', () => {
  it('addresses nobody, neither by «ты» nor by «вы»', () => {
    for (const text of ['Проверьте поля.', 'Это не вы?', 'Твой вход завершён.', 'Войди снова.', 'Нажмите «Да».'])
      expect(text).to.match(addressing)
    expect(textsIn(forEverybody).filter((text) => addressing.test(text))).to.deep.equal([])
  })
})
