import { localDay } from '@repitbot/contracts/calendar'
import type { Channel, PersonCard } from '@repitbot/contracts/people'
import type { Outcome } from './channel.ts'
import type { AnyNotice, Audience, Params } from './notice.ts'
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
export type Verdict = { kind: 'go' | 'over' } | { kind: 'wait'; until: Date }

const minuteMs = 60_000
const hourMs = 60 * minuteMs
/** What could not leave for so long is no news any more; the inbox has it. */
const newsMsMax = 24 * hourMs
const digestMsMax = 8 * 24 * hourMs
/** A notice may come sooner than the card of its recipient. */
const strangerMsMax = 10 * minuteMs
/** How often a notice is looked at again that only a newer version of this service can write. */
const newerMs = 5 * minuteMs
/** So long a channel that takes nothing is tried before the next one is. */
const patienceMs = 2 * hourMs

type Judging = {
  delivery: Pick<Delivery, 'createdAt' | 'digest' | 'channel'>
  notice: { audience: Audience; params: Params; expiresAt: Date; readAt: Date | null }
  card: PersonCard | undefined
  /** None for a notice that a newer version of this service has made. */
  row: AnyNotice | undefined
  digestAt: string
  /** When the recipient's last digest left. */
  lastDigestAt: Date | undefined
}

/** Whether a delivery leaves now, later or never. */
export function verdictOn({ delivery, notice, card, row, digestAt, lastDigestAt }: Judging, now: Date): Verdict {
  const ageMs = now.getTime() - delivery.createdAt.getTime()
  if (notice.readAt || notice.expiresAt <= now || ageMs > (delivery.digest ? digestMsMax : newsMsMax)) return { kind: 'over' }
  if (!row) return { kind: 'wait', until: new Date(now.getTime() + newerMs) }
  if (!card) return ageMs > strangerMsMax ? { kind: 'over' } : { kind: 'wait', until: new Date(now.getTime() + minuteMs / 2) }
  if (!card.active) return { kind: 'over' }
  // With a channel its hour has come: it waited for its turn, or is a copy for another channel.
  if (delivery.digest && delivery.channel === null) {
    const every = row.digest?.[notice.audience] ?? 'day'
    const due = nextAt(delivery.createdAt, card, digestAt, every)
    if (now < due) return { kind: 'wait', until: due }
    if (lastDigestAt && localDay(lastDigestAt, card.zone) === localDay(now, card.zone))
      return { kind: 'wait', until: nextAt(now, card, digestAt, every) }
  }
  if (row.bypass?.(notice.params, delivery.createdAt)) return { kind: 'go' }
  const quiet = quietAt(now, card)
  if (!quiet) return { kind: 'go' }
  return row.quiet === 'drop' ? { kind: 'over' } : { kind: 'wait', until: quiet.until }
}

/** The channels of a message: all that the person chose, as far as they live, else the first that lives. In an emergency all. */
export function targets(chosen: Channel[], living: Channel[], row: Pick<AnyNotice, 'everywhere'>): Channel[] {
  if (row.everywhere) return living
  const wanted = chosen.filter((name) => living.includes(name))
  return wanted.length ? wanted : living.slice(0, 1)
}

type Routing = {
  chosen: Channel[]
  living: Channel[]
  row: Pick<AnyNotice, 'everywhere'> | undefined
  /** The channel of a digest that the delivery may leave in. */
  by?: Channel | undefined
}
/** By which channel a delivery leaves and by which others a copy does; not at all by one that is closed, or where none is left but the inbox. */
export type Route = { kind: 'leave'; by: Channel; copies: Channel[] } | { kind: 'closed' | 'none' }
export function routeOf({ channel }: Pick<Delivery, 'channel'>, { chosen, living, row, by }: Routing): Route {
  if (channel !== null) return living.includes(channel) ? { kind: 'leave', by: channel, copies: [] } : { kind: 'closed' }
  const names = targets(chosen, living, row ?? {})
  const first = by ?? names[0]
  if (!first || !names.includes(first)) return { kind: 'none' }
  return { kind: 'leave', by: first, copies: names.filter((name) => name !== first) }
}

/** The channel to try after those that were tried; none for a notice that is for one channel alone. */
export const nextChannel = (living: Channel[], tried: Channel[], row: Pick<AnyNotice, 'noFallback'> | undefined): Channel | undefined =>
  row?.noFallback ? undefined : living.find((name) => !tried.includes(name))

/** What becomes of a delivery after a try; `falls` says that the next channel is to be tried. */
export type DeliveryResult = { state: Exclude<DeliveryState, 'sending'>; dueAt?: Date; falls: boolean }
export function deliveryResult(
  { attempts, createdAt, digest }: Pick<Delivery, 'attempts' | 'createdAt' | 'digest'>,
  outcome: Outcome,
  { now, sendsAgain }: { now: Date; sendsAgain: boolean },
): DeliveryResult {
  const { kind } = outcome
  if (kind === 'sent') return { state: 'sent', falls: false }
  if (kind === 'blocked') return { state: 'blocked', falls: true }
  if (kind === 'refused') return { state: 'failed', falls: true }
  if (kind === 'unknown' && !sendsAgain) return { state: 'uncertain', falls: false }
  if (!digest && now.getTime() - createdAt.getTime() > patienceMs && attempts > 1) return { state: 'failed', falls: true }
  const backOffMs = Math.min(2 ** attempts * 1000, minuteMs)
  const afterMs = kind === 'later' ? (outcome.afterMs ?? 0) : 0
  return { state: 'waiting', dueAt: new Date(now.getTime() + Math.max(backOffMs, afterMs)), falls: false }
}
