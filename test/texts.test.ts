import { bot } from '@repitbot/contracts/texts/ru/bot'
import { failures } from '@repitbot/contracts/texts/ru/failures'
import { letters } from '@repitbot/contracts/texts/ru/sign-in'
import { expect } from 'chai'
import { filesUnder, nameOf } from './sources.ts'

const { form, group, privacy, settings, stranger, unknown } = bot
/** Texts for children and adults alike: refusals, letters with links, and what the bot says to everybody. */
const forEverybody = { failures, letters, bot: { form, group, privacy, settings, stranger, unknown } }

const edge = (words: string) => `(?<![а-яё])(?:${words})(?![а-яё])`
const polite = `${edge('вы|вам|вас|вами|ваш[а-яё]*')}|[а-яё](?:йте|ите|ьте|ете|ёте)(?:сь)?(?![а-яё])`
const pronouns = 'ты|тебя|тебе|тобой|тво[а-яё]+'
const commands =
  'проверь|подожди|повтори|попробуй|войди|выйди|попроси|открой|нажми|возьми|скажи|раздели|назначь|отвяжи|привяжи|выбери|напиши|вернись'
const addressing = new RegExp(`${polite}|${edge(`${pronouns}|${commands}`)}`, 'i')

const textsIn = (texts: object): string[] => Object.values(texts).flatMap((text) => (typeof text === 'string' ? [text] : textsIn(text)))

describe('a Russian text for children and adults alike', () => {
  it('addresses its reader neither by «ты» nor by «вы»', () => {
    for (const text of ['Проверьте поля.', 'Это не вы?', 'Твой вход завершён.', 'Войди снова.', 'Нажмите «Да».'])
      expect(text).to.match(addressing)
    expect(textsIn(forEverybody).filter((text) => addressing.test(text))).to.deep.equal([])
  })
})

type Groups = Record<string, Record<string, unknown>>
type Topics = Record<string, Groups>
/** Files that collect the topics for one consumer; they are not topics themselves. */
const consumers = ['bot', 'failures', 'notification', 'web']
async function topicsIn(language: 'ru' | 'en'): Promise<Topics> {
  const files = filesUnder(`packages/contracts/texts/${language}`).filter((path) => !consumers.includes(nameOf(path).slice(0, -3)))
  const read = files.map(async (path) => [nameOf(path).slice(0, -3), (await import(`../${path}`)) as Groups] as const)
  return Object.fromEntries(await Promise.all(read))
}
const consumer = async (language: 'ru' | 'en', name: string) =>
  (await import(`../packages/contracts/texts/${language}/${name}.ts`)) as Groups

/** The paths of all texts below; the forms of a plural count as one text, since languages have different ones. */
const pathsOf = (texts: object): string[] =>
  Object.entries(texts).flatMap(([key, text]) =>
    typeof text === 'object' && text !== null && !Array.isArray(text)
      ? pathsOf(text).map((path) => `${key}.${path}`)
      : [key.replace(/_(few|many|other)$/, '_one')],
  )
const unique = (paths: string[]) => [...new Set(paths)].sort()

describe('the texts', () => {
  it('have the same topics, groups and keys in both languages: none is missing, and English has none that Russian lacks', async () => {
    const [ru, en] = await Promise.all([topicsIn('ru'), topicsIn('en')])
    const [russian, inEnglish] = [unique(pathsOf(ru)), unique(pathsOf(en))]
    expect(
      russian.filter((path) => !inEnglish.includes(path)),
      'missing in texts/en',
    ).to.deep.equal([])
    expect(
      inEnglish.filter((path) => !russian.includes(path)),
      'missing in texts/ru',
    ).to.deep.equal([])
  })

  it('have all forms of a plural: one, few and many in Russian, one and other in English', async () => {
    const forms = { ru: ['one', 'few', 'many'], en: ['one', 'other'] }
    for (const language of ['ru', 'en'] as const) {
      const counted = new Map<string, string[]>()
      const walk = (texts: object, path: string) => {
        for (const [key, text] of Object.entries(texts)) {
          const [, stem, form] = /^(.+)_(one|few|many|other)$/.exec(key) ?? []
          if (stem && form) counted.set(`${path}.${stem}`, [...(counted.get(`${path}.${stem}`) ?? []), form])
          if (typeof text === 'object' && text !== null) walk(text, `${path}.${key}`)
        }
      }
      walk(await topicsIn(language), language)
      for (const [path, found] of counted) expect(found, path).to.have.members(forms[language])
    }
  })

  it('call a lesson and a tutor by one word each in Russian', async () => {
    const others = /урок|преподавател/i
    const found = (texts: object, path: string): string[] =>
      Object.entries(texts).flatMap(([key, text]) =>
        typeof text === 'object' && text !== null
          ? found(text, `${path}.${key}`)
          : others.test(String(text))
            ? [`${path}.${key}: ${text}`]
            : [],
      )
    const { demo: _whatPeopleWrite, ...topics } = await topicsIn('ru')
    expect(found(topics, 'ru'), 'write занятие and репетитор').to.deep.equal([])
  })

  for (const language of ['ru', 'en'] as const)
    it(`are all collected for their consumers, each key from one topic only (${language})`, async () => {
      const topics = Object.values(await topicsIn(language))
      const notification = await consumer(language, 'notification')
      const { bot = {}, commands = {} } = await consumer(language, 'bot')
      const { commands: _, ...botTexts } = bot
      const collected: Groups = { ...notification, bot: botTexts, commands }
      for (const name of ['web', 'failures']) collected[name] = (await consumer(language, name))[name] ?? {}
      for (const [group, texts] of Object.entries(collected)) {
        const keys = topics.flatMap((topic) => Object.keys(topic[group] ?? {}))
        expect(keys.toSorted(), group).to.deep.equal(Object.keys(texts).sort())
      }
    })
})
