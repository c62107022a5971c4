import { localDay } from '@repitbot/contracts/calendar'
import { type Channel, channelsToUse, type PersonCard } from '@repitbot/contracts/person-card'
import type { Outcome } from './channel.ts'
import type { Draft } from './draft.ts'
import type { AnyNotice, Audience, Params } from './notice.ts'
import { rowOf } from './notices.ts'
import { nextAt, quietAt } from './quiet.ts'

/** One notice by one channel; `sending` is between asking the provider and marking its answer. */
export type DeliveryState = 'waiting' | 'sending' | 'sent' | 'uncertain' | 'failed' | 'blocked' | 'expired'
export type Delivery = {
  id: string
  schoolId: string
  recipientId: string
  noticeId: string
  /** None is chosen before it is due. */
  channel: Channel | null
  state: DeliveryState
  attempts: number
  digest: boolean
  dueAt: Date
  createdAt: Date
  changedAt: Date
  correlationId: string
}
/** A notice that was just stored; `gathers`: more lessons of its series may be added to it in a moment. */
export type NewNotice = Pick<Draft, 'recipientId' | 'schoolId' | 'correlationId' | 'code' | 'audience'> & { id: string; gathers: boolean }
export type NewDelivery = Pick<Delivery, 'schoolId' | 'recipientId' | 'noticeId' | 'digest' | 'correlationId'> & {
  channel?: Channel | undefined
  dueAt: Date
}

/** So long lessons of a series that change by one request are gathered before their notice leaves. */
const gatherMs = 5_000

/** The delivery of a new notice; without a channel it is chosen when the delivery is due. */
export const firstDelivery = ({ id, code, audience, gathers, ...of }: NewNotice, now: Date, channel?: Channel): NewDelivery => ({
  ...of,
  noticeId: id,
  channel,
  digest: rowOf(code).digest?.[audience] !== undefined,
  dueAt: new Date(now.getTime() + (gathers ? gatherMs : 0)),
})

export type Timing = { kind: 'send' | 'expire' } | { kind: 'wait'; until: Date }

const minuteMs = 60_000
const hourMs = 60 * minuteMs
/** A message that could not be sent for so long is too old; the inbox has it. */
const ageMsMax = 24 * hourMs
const digestAgeMsMax = 8 * 24 * hourMs
/** A notice may come sooner than the card of its recipient. */
const cardWaitMsMax = 10 * minuteMs
/** How often a notice is checked again that only a newer version of this service can render. */
const newerVersionMs = 5 * minuteMs
/** So long a channel that takes nothing is tried before the next one is. */
const retryMsMax = 2 * hourMs

type TimingFacts = {
  delivery: Pick<Delivery, 'createdAt' | 'digest' | 'channel'>
  notice: { audience: Audience; params: Params; expiresAt: Date; readAt: Date | null }
  card: PersonCard | undefined
  /** None for a notice that a newer version of this service has made. */
  row: AnyNotice | undefined
  digestAt: string
  /** When the recipient's last digest left. */
  lastDigestAt: Date | undefined
}

/** Whether a delivery is sent now, later or never. */
export function timingOf({ delivery, notice, card, row, digestAt, lastDigestAt }: TimingFacts, now: Date): Timing {
  const ageMs = now.getTime() - delivery.createdAt.getTime()
  if (notice.readAt || notice.expiresAt <= now || ageMs > (delivery.digest ? digestAgeMsMax : ageMsMax)) return { kind: 'expire' }
  if (!row) return { kind: 'wait', until: new Date(now.getTime() + newerVersionMs) }
  if (!card) return ageMs > cardWaitMsMax ? { kind: 'expire' } : { kind: 'wait', until: new Date(now.getTime() + minuteMs / 2) }
  if (!card.active) return { kind: 'expire' }
  // A delivery that has a channel is due already: it waited for its turn, or is a copy for another channel.
  if (delivery.digest && delivery.channel === null) {
    const every = row.digest?.[notice.audience] ?? 'day'
    const due = nextAt(delivery.createdAt, card, digestAt, every)
    if (now < due) return { kind: 'wait', until: due }
    if (lastDigestAt && localDay(lastDigestAt, card.zone) === localDay(now, card.zone))
      return { kind: 'wait', until: nextAt(now, card, digestAt, every) }
  }
  if (row.bypass?.(notice.params, delivery.createdAt)) return { kind: 'send' }
  const quiet = quietAt(now, card)
  if (!quiet) return { kind: 'send' }
  return row.quiet === 'drop' ? { kind: 'expire' } : { kind: 'wait', until: quiet.until }
}

type Choice = { chosen: PersonCard['channels']; usable: Channel[] }
/** The columns of a notice that decide by which channels it leaves; none of them for a notice of a newer version. */
type ChannelColumns = Pick<AnyNotice, 'everywhere' | 'noFallback'>

/** The channels of a message: those that the person chose, the first usable one for people who were never asked. For some notices all. */
export const targetChannels = ({ chosen, usable }: Choice, row: ChannelColumns): Channel[] =>
  row.everywhere ? usable : channelsToUse(chosen, usable)

/** The channels that a message may leave by at all. What a person did not choose is no way round a channel that fails. */
const allowedChannels = ({ chosen, usable }: Choice, row: ChannelColumns): Channel[] =>
  row.everywhere || row.noFallback || chosen === null ? usable : channelsToUse(chosen, usable)

type RouteChoice = Choice & {
  row: ChannelColumns | undefined
  /** The channel of a digest that the delivery may leave in. */
  by?: Channel | undefined
}
/** By which channel a delivery leaves and by which others a copy does. `closed`: its channel is closed; `none`: only the inbox is left. */
export type Route = { kind: 'send'; by: Channel; copies: Channel[] } | { kind: 'closed' | 'none' }
export function routeOf({ channel }: Pick<Delivery, 'channel'>, { row = {}, by, ...choice }: RouteChoice): Route {
  if (channel !== null) {
    if (!choice.usable.includes(channel)) return { kind: 'closed' }
    return allowedChannels(choice, row).includes(channel) ? { kind: 'send', by: channel, copies: [] } : { kind: 'none' }
  }
  const names = targetChannels(choice, row)
  const first = by ?? names[0]
  if (!first || !names.includes(first)) return { kind: 'none' }
  return { kind: 'send', by: first, copies: names.filter((name) => name !== first) }
}

/** The channel to try after those that were tried; none for a notice that is for one channel alone. */
export const nextChannel = (choice: Choice, tried: Channel[], row: ChannelColumns = {}): Channel | undefined =>
  row.noFallback ? undefined : allowedChannels(choice, row).find((name) => !tried.includes(name))

/** The state of a delivery after an attempt; `triesNext`: the next channel is to be tried. */
export type DeliveryResult = { state: Exclude<DeliveryState, 'sending'>; dueAt?: Date; triesNext: boolean }
export function deliveryResult(
  { attempts, createdAt, digest }: Pick<Delivery, 'attempts' | 'createdAt' | 'digest'>,
  outcome: Outcome,
  { now, sendsAgain }: { now: Date; sendsAgain: boolean },
): DeliveryResult {
  const { kind } = outcome
  if (kind === 'sent') return { state: 'sent', triesNext: false }
  if (kind === 'blocked') return { state: 'blocked', triesNext: true }
  if (kind === 'refused') return { state: 'failed', triesNext: true }
  if (kind === 'unknown' && !sendsAgain) return { state: 'uncertain', triesNext: false }
  if (!digest && now.getTime() - createdAt.getTime() > retryMsMax && attempts > 1) return { state: 'failed', triesNext: true }
  const backOffMs = Math.min(2 ** attempts * 1000, minuteMs)
  const afterMs = kind === 'later' ? (outcome.afterMs ?? 0) : 0
  return { state: 'waiting', dueAt: new Date(now.getTime() + Math.max(backOffMs, afterMs)), triesNext: false }
}
