import { NativeSelect } from '@mantine/core'
import type { Language } from '@repitbot/contracts/person-card'
import { useWords } from '../words.ts'

type Props = { label: string; defaultValue: Language; description?: string; error?: string }
export const languageWords = { ru: 'russian', en: 'english' } as const
/** One of the languages that there are, for a `Form`, under the name `language`. */
export function LanguageField(props: Props) {
  const t = useWords()
  const data = Object.entries(languageWords).map(([value, word]) => ({ value, label: t(word) }))
  return <NativeSelect {...props} name="language" data={data} />
}

/** The language that a form was sent with. */
export const languageIn = ({ language }: Partial<Record<string, string>>): Language => (language === 'en' ? 'en' : 'ru')
