import { Language } from '@repitbot/contracts/people'
import { openFeature } from '../feature.ts'
import { menuOf } from '../flows/show-menu.ts'
import { button } from '../rules/screen.ts'

export const language = openFeature({
  command: 'language',
  open: ({ words }) => ({
    lines: [words.html('language.title')],
    rows: [Language.options.map((one) => button(words.text(`language.${one}`), 'lang', one))],
  }),
  taps: {
    lang: async (talk, id) => {
      const chosen = Language.catch(talk.wall.language).parse(id)
      if (talk.me) await talk.gateway.as(talk.writer.id, talk.me).people.changeMe({ language: chosen })
      talk.gateway.forget(talk.writer.id)
      const spoken = await talk.reopened({ language: chosen })
      return { ...menuOf(spoken), toast: spoken.words.text('language.saved') }
    },
  },
})
