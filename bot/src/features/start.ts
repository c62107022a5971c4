import { browserName } from '@repitbot/contracts/browser-name'
import { Refused } from '@repitbot/contracts/client'
import { type ChatContext, publicFeature } from '../feature.ts'
import { changeOwn } from '../flows/change-own.ts'
import { menuOf } from '../flows/show-menu.ts'
import { button, cut, type Screen } from '../rules/screen.ts'

/** The first command, with the argument of a deep link: an invitation, a sign-in to the page, or an account to link. */
export const start = publicFeature({
  command: 'start',
  open: (context, argument) => {
    const [, kind, token = ''] = /^(inv|login|link)_([\w-]{1,60})$/.exec(argument) ?? []
    if (kind === 'inv') return acceptInvitation(context, { token })
    if (kind === 'login' || kind === 'link') return askToConfirm(context, kind, token)
    return menuOf(context)
  },
  taps: {
    /** Not a button: the code of an invitation that a person typed. */
    code: (context, text) => acceptInvitation(context, { code: text.slice(0, 200) }),
    login: (context, id) => takeAnswer(context, 'login', id),
    link: (context, id) => takeAnswer(context, 'link', id),
    consent: async (context, id) => {
      const { me } = context
      if (!me) return menuOf(context)
      const others = (me.card.channels ?? []).filter((one) => one !== 'telegram')
      await changeOwn(context.gateway.clientsFor(context.writer.id, me), { channels: id === 'yes' ? ['telegram', ...others] : others })
      context.gateway.forget(context.writer.id)
      return { ...menuOf(context), lines: [context.words.html(id === 'yes' ? 'start.consented' : 'start.declined')] }
    },
  },
})

async function acceptInvitation(context: ChatContext, invitation: { token: string } | { code: string }): Promise<Screen> {
  const { writer, gateway } = context
  try {
    const { invitedBy, school, ...me } = await gateway.bot.telegramAccept({
      ...invitation,
      telegramId: String(writer.id),
      name: cut(writer.firstName.trim(), 100) || undefined,
      language: context.wall.language,
    })
    gateway.remember(writer.id, me)
    const { words } = await context.reopen({ userId: me.userId })
    const choices = [button(words.text('start.yes'), 'consent', 'yes'), button(words.text('start.no'), 'consent', 'no')]
    return {
      lines: [words.html('start.invited', { invitedBy, school, name: me.card.name }), '', words.html('start.consent')],
      rows: [choices],
    }
  } catch (error) {
    // Handled again after a crash: the invitation was accepted the first time.
    if (context.me && error instanceof Refused && error.problem.code === 'link_not_valid')
      return { ...menuOf(context), lines: [context.words.html('failures.link_not_valid'), '', ...menuOf(context).lines] }
    throw error
  }
}

/** The warning and the "no" come first: whoever was sent this link by somebody else has to meet them first. */
async function askToConfirm({ writer, gateway, words }: ChatContext, kind: 'login' | 'link', token: string): Promise<Screen> {
  const asked = await gateway.bot.telegramConfirm({ telegramId: String(writer.id), kind, token })
  const { agent, address, name = '', numbers = [] } = asked
  const browser = browserName(agent) ?? words.text('start.unknownBrowser')
  const no = button(words.text('start.notMe'), kind, `n.${token}`)
  const yes =
    kind === 'link'
      ? [button(words.text('start.itsMe'), kind, `y.${token}`)]
      : numbers.map((number) => button(String(number), kind, `${number}.${token}`))
  return {
    lines: [words.html(`start.${kind}`, { name, browser, address })],
    rows: [[no], yes],
  }
}

async function takeAnswer(context: ChatContext, kind: 'login' | 'link', id: string): Promise<Screen> {
  const [choice, token = ''] = id.split('.')
  const { writer, gateway, words } = context
  const number = kind === 'login' && choice !== 'n' ? Number(choice) : undefined
  const answer = choice === 'n' ? 'no' : 'yes'
  const { state } = await gateway.bot.telegramConfirm({ telegramId: String(writer.id), kind, token, answer, number })
  if (state === 'declined') return { lines: [words.html(number === undefined ? 'start.refused' : 'start.wrongNumber')], rows: [] }
  if (kind === 'login') return { lines: [words.html('start.loggedIn')], rows: [] }
  gateway.forget(writer.id)
  const linked = await context.reopen({})
  return { ...menuOf(linked), lines: [linked.words.html('start.linked')] }
}
