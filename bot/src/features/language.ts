import { Language } from '@repitbot/contracts/person-card'
import { publicFeature } from '../feature.ts'
import { changeOwn } from '../flows/change-own.ts'
import { menuOf } from '../flows/show-menu.ts'
import { button } from '../rules/screen.ts'

export const language = publicFeature({
  command: 'language',
  open: ({ words }) => ({
    lines: [words.html('language.title')],
    rows: [Language.options.map((one) => button(words.text(`language.${one}`), 'lang', one))],
  }),
  taps: {
    lang: async (context, id) => {
      const chosen = Language.catch(context.wall.language).parse(id)
      if (context.me) await changeOwn(context.gateway.clientsFor(context.writer.id, context.me), { language: chosen })
      context.gateway.forget(context.writer.id)
      const next = await context.reopen({ language: chosen })
      return { ...menuOf(next), toast: next.words.text('language.saved') }
    },
  },
})
