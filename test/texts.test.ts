import { join } from 'node:path'
import { failures } from '@repitbot/contracts/failures'
import { expect } from 'chai'
import { filesUnder, nameOf, root } from './sources.ts'

const texts = 'packages/contracts/texts'
/** A demo school speaks one language: the names of its subjects are its own, and are keys. */
const ownKeys = ['demo.ts']
const files = filesUnder(`${texts}/ru`).map(nameOf)

/** All texts of a module, flat: `notices.lesson_reminder.title` -> text. */
async function flatOf(language: string, file: string): Promise<Map<string, string>> {
  const module = (await import(join(root, texts, language, file))) as object
  return new Map(flat('', module))
}
function flat(path: string, value: unknown): [string, string][] {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value !== 'object' || value === null) throw new Error(`${path} is neither a text nor texts`)
  return Object.entries(value).flatMap(([key, inner]) => flat(path ? `${path}.${key}` : key, inner))
}

const forms = { ru: ['one', 'few', 'many'], en: ['one', 'other'] } as const
const plural = /_(zero|one|two|few|many|other)$/
const stemsOf = (keys: Iterable<string>) => new Set([...keys].map((key) => key.replace(plural, '')))
const filledIn = (text: string) => (text.match(/\{\{?[^}]+\}\}?/g) ?? []).map((name) => name.replaceAll(/[{}\s]|,.*/g, '')).sort()

describe('texts for people', () => {
  it('has a file in English for each in Russian', () => expect(filesUnder(`${texts}/en`).map(nameOf)).to.deep.equal(files))

  it('has a text for every refusal', async () => {
    const { failures: said } = (await import(join(root, texts, 'ru', 'failures.ts'))) as { failures: object }
    expect(Object.keys(said).sort()).to.deep.equal(Object.keys(failures).sort())
  })

  it('says each word of the page in one file alone', async () => {
    const words = await Promise.all(
      files.filter((file) => file.startsWith('web')).map(async (file) => [...(await flatOf('ru', file)).keys()]),
    )
    const keys = words.flat().map((key) => key.split('.').slice(1).join('.'))
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).to.deep.equal([])
  })

  for (const file of files) {
    it(`${file} says in English all it says in Russian`, async () => {
      const [ru, en] = await Promise.all([flatOf('ru', file), flatOf('en', file)])
      if (ownKeys.includes(file)) expect(en.size).to.equal(ru.size)
      else expect([...stemsOf(en.keys())].sort()).to.deep.equal([...stemsOf(ru.keys())].sort())
      expect([...ru, ...en].filter(([, text]) => text.trim() === '').map(([key]) => key)).to.deep.equal([])
    })

    for (const language of ['ru', 'en'] as const) {
      it(`${file} has every plural form of ${language} where it counts`, async () => {
        const keys = [...(await flatOf(language, file)).keys()]
        const counted = stemsOf(keys.filter((key) => plural.test(key)))
        const lacking = [...counted]
          .flatMap((stem) => forms[language].map((form) => `${stem}_${form}`))
          .filter((key) => !keys.includes(key))
        expect(lacking).to.deep.equal([])
      })
    }

    it(`${file} fills in the same values in both languages`, async () => {
      const [ru, en] = await Promise.all([flatOf('ru', file), flatOf('en', file)])
      const differing = [...ru].filter(
        ([key, text]) => en.has(key) && !plural.test(key) && filledIn(text).join() !== filledIn(en.get(key) ?? '').join(),
      )
      expect(differing.map(([key]) => key)).to.deep.equal([])
    })
  }
})
