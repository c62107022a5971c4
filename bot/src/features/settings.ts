import { Refused } from '@repitbot/contracts/client'
import {
  type Channel,
  channelsToUse,
  channelsWithAddress,
  noQuietHours,
  QuietHours,
  quietHoursOf,
  Zone,
} from '@repitbot/contracts/person-card'
import type { ProfileChange } from '@repitbot/contracts/profile'
import { everyone, type Form, feature, type MemberContext, type Step } from '../feature.ts'
import { changeOwn } from '../flows/change-own.ts'
import { menuOf } from '../flows/show-menu.ts'
import { inRows } from '../rules/screen.ts'
import { wordsIn } from '../rules/words.ts'

type Data = { at: 'all' | 'zone' | 'quiet' | 'unlink'; card: MemberContext['me']['card'] }

const zones = ['Europe/Kaliningrad', 'Europe/Moscow', 'Europe/Samara', 'Asia/Yekaterinburg', 'Asia/Novosibirsk', 'Asia/Vladivostok']
const quiets = ['22:00-08:00', '21:00-07:00', '23:00-09:00']

const form: Form<Data> = {
  show({ words, me }, { at, card }, pick) {
    const { text, html } = wordsIn(card.language)
    if (at === 'zone') return { lines: [html('settings.askZone')], rows: inRows(zones.map((zone) => pick(zone, `zone:${zone}`))) }
    if (at === 'quiet')
      return {
        lines: [html('settings.askQuiet')],
        rows: [quiets.map((one) => pick(one, `quiet:${one}`)), [pick(text('settings.without'), 'quiet:')]],
      }
    if (at === 'unlink')
      return { lines: [words.html('settings.askUnlink', { name: me.card.name })], rows: [[pick(text('settings.unlinkYes'), 'unlinkyes')]] }
    const used = channelsIn(card)
    const quietHours = quietHoursOf(card)
    const telegram = !used.includes('telegram') ? 'telegramOff' : card.channels ? 'telegramOn' : 'telegramUsual'
    return {
      lines: [html('settings.title'), html('settings.channels')],
      rows: [
        [pick(text(`settings.${telegram}`), 'channel:telegram')],
        ...(card.email ? [[pick(text(used.includes('email') ? 'settings.emailOn' : 'settings.emailOff'), 'channel:email')]] : []),
        [pick(quietHours ? text('settings.quiet', quietHours) : text('settings.quietOff'), 'ask:quiet')],
        [pick(text('settings.zone', { zone: card.zone }), 'ask:zone'), pick(text('settings.language'), 'language')],
        [pick(text('settings.unlink'), 'ask:unlink')],
      ],
    }
  },
  async choose(context, data, choice) {
    const [verb = '', value = ''] = choice.split(/:(.*)/s)
    const { card } = data
    if (verb === 'back') return data.at === 'all' ? { leave: menuOf(context) } : { data: { ...data, at: 'all' } }
    if (verb === 'ask') return { data: { ...data, at: value === 'zone' ? 'zone' : value === 'quiet' ? 'quiet' : 'unlink' } }
    if (verb === 'language') return save(context, data, { language: card.language === 'ru' ? 'en' : 'ru' })
    if (verb === 'channel') {
      const channel = value === 'email' ? 'email' : 'telegram'
      const used = channelsIn(card)
      const others = used.filter((one) => one !== channel)
      return save(context, data, { channels: others.length < used.length ? others : [channel, ...others] })
    }
    if (verb === 'zone') return takeZone(context, data, value)
    if (verb === 'quiet') return value === '' ? save(context, data, { quietHours: noQuietHours }) : takeQuiet(context, data, value)
    if (verb === 'unlinkyes') return unlink(context)
    return { fault: 'form.choose' }
  },
  write(context, data, text) {
    if (data.at === 'zone') return takeZone(context, data, text)
    if (data.at === 'quiet') return takeQuiet(context, data, text)
    return undefined
  },
}

/** What was chosen, or for somebody who was never asked what is used until then. */
const channelsIn = (card: Data['card']): Channel[] => card.channels ?? channelsToUse(null, channelsWithAddress(card))

/** The person's own profile, as far as a chat needs it. */
export const settings = feature({
  command: 'settings',
  for: everyone,
  form,
  open: ({ me }) => ({ form: 'settings', data: { at: 'all', card: me.card } }),
})

async function takeZone(context: MemberContext, data: Data, text: string): Promise<Step<Data>> {
  const zone = Zone.safeParse(text.trim())
  return zone.success ? save(context, data, { zone: zone.data }) : { fault: 'settings.askZone' }
}

async function takeQuiet(context: MemberContext, data: Data, text: string): Promise<Step<Data>> {
  const [from = '', until = ''] = text.trim().split(/\s*[-\u2013\u2014]\s*/)
  const quietHours = QuietHours.safeParse({ from, until })
  return quietHours.success ? save(context, data, { quietHours: quietHours.data }) : { fault: 'settings.quiet_form' }
}

async function save(context: MemberContext, data: Data, change: ProfileChange): Promise<Step<Data>> {
  try {
    const { language, zone, quietHours, channels, version } = await changeOwn(context.api, change, data.card)
    const card = { ...data.card, language, zone, quietHours, channels, version }
    return { data: { at: 'all', card }, toast: wordsIn(language).text('settings.saved') }
  } catch (error) {
    if (!(error instanceof Refused && error.problem.code === 'conflict')) throw error
    // Changed elsewhere while the buttons stood here: they are shown as they are now.
    return { data: { at: 'all', card: (await context.api.auth.me({})).card }, toast: context.words.text('failures.conflict') }
  } finally {
    context.gateway.forget(context.writer.id)
  }
}

async function unlink(context: MemberContext): Promise<Step<Data>> {
  await context.api.auth.telegramUnlink({})
  context.gateway.forget(context.writer.id)
  return { leave: { lines: [context.words.html('settings.unlinked')], rows: [] } }
}
