import { Refused } from '@repitbot/contracts/client'
import { openFeature, type Talk } from '../feature.ts'
import { menuOf } from '../flows/show-menu.ts'
import { button, type Screen } from '../rules/screen.ts'

/** The first word, with what a link brought: an invitation, a sign-in to the page, or an account to link. */
export const start = openFeature({
  command: 'start',
  open: (talk, argument) => {
    const [, kind, token = ''] = /^(inv|login|link)_([\w-]{1,60})$/.exec(argument) ?? []
    if (kind === 'inv') return accepted(talk, { token })
    if (kind === 'login' || kind === 'link') return asked(talk, kind, token)
    return menuOf(talk)
  },
  taps: {
    /** Never a button: the code of an invitation as somebody typed it. */
    code: (talk, text) => accepted(talk, { code: text.slice(0, 200) }),
    login: (talk, id) => answered(talk, 'login', id),
    link: (talk, id) => answered(talk, 'link', id),
    consent: async (talk, id) => {
      const { me } = talk
      if (!me) return menuOf(talk)
      const others = me.card.channels.filter((one) => one !== 'telegram')
      await talk.gateway.as(talk.writer.id, me).people.changeMe({ channels: id === 'yes' ? ['telegram', ...others] : others })
      talk.gateway.forget(talk.writer.id)
      return { ...menuOf(talk), lines: [talk.words.html(id === 'yes' ? 'start.consented' : 'start.declined')] }
    },
  },
})

async function accepted(talk: Talk, opening: { token: string } | { code: string }): Promise<Screen> {
  const { writer, gateway } = talk
  try {
    const { invitedBy, school, ...me } = await gateway.bot.telegramAccept({
      ...opening,
      telegramId: String(writer.id),
      name: writer.firstName.trim().slice(0, 100) || undefined,
      language: talk.wall.language,
    })
    gateway.keep(writer.id, me)
    const { words } = await talk.reopened({ userId: me.userId })
    const choices = [button(words.text('start.yes'), 'consent', 'yes'), button(words.text('start.no'), 'consent', 'no')]
    return {
      lines: [words.html('start.invited', { invitedBy, school, name: me.card.name }), '', words.html('start.consent')],
      rows: [choices],
    }
  } catch (error) {
    // Handled again after a crash: the invitation was accepted the first time.
    if (talk.me && error instanceof Refused && error.problem.code === 'link_not_valid')
      return { ...menuOf(talk), lines: [talk.words.html('failures.link_not_valid'), '', ...menuOf(talk).lines] }
    throw error
  }
}

async function asked({ writer, gateway, words }: Talk, kind: 'login' | 'link', token: string): Promise<Screen> {
  const { agent, address, name = '' } = await gateway.bot.telegramConfirm({ telegramId: String(writer.id), kind, token })
  const choices = [button(words.text('start.itsMe'), kind, `y.${token}`), button(words.text('start.notMe'), kind, `n.${token}`)]
  return { lines: [words.html(`start.${kind}`, { name, agent, address })], rows: [choices] }
}

async function answered(talk: Talk, kind: 'login' | 'link', id: string): Promise<Screen> {
  const [choice, token = ''] = id.split('.')
  const { writer, gateway, words } = talk
  const answer = choice === 'y' ? 'yes' : 'no'
  const { state } = await gateway.bot.telegramConfirm({ telegramId: String(writer.id), kind, token, answer })
  if (state === 'declined') return { lines: [words.html('start.refused')], rows: [] }
  if (kind === 'login') return { lines: [words.html('start.loggedIn')], rows: [] }
  gateway.forget(writer.id)
  const known = await talk.reopened({})
  return { ...menuOf(known), lines: [known.words.html('start.linked')] }
}
