import type { PersonCard } from '@repitbot/contracts/people'
import type { Deps, StoredNotice, Unit } from '../deps.ts'
import type { Channel } from '../rules/channel.ts'
import { type Delivery, nextChannel, routeOf } from '../rules/delivery.ts'
import { findRow } from '../rules/notices.ts'

/** A delivery with what decides on its channel; `living`: the channels that reach its person. */
export type Choosing = { delivery: Delivery; notice: StoredNotice; card: PersonCard; living: Channel[] }

/** The channels that reach a person: configured, with an address, and not closed by the person. */
export async function livingChannels({ channels }: Deps, unit: Unit, card: PersonCard): Promise<Channel[]> {
  const closed = await unit.closedChannels(card.userId)
  return channels.filter((channel) => channel.addressOf(card) !== null && !closed.includes(channel.name))
}

/** The channel of a delivery; a first one asks for the others that the person chose too. Without any, the inbox is all there is. */
export async function chooseChannel(unit: Unit, choosing: Choosing, now: Date): Promise<Channel | undefined> {
  const { delivery, notice, living } = choosing
  const route = routeFor(choosing)
  if (route.kind === 'leave') {
    await leaveBy(unit, delivery, route, now)
    return living.find(({ name }) => name === route.by)
  }
  if (route.kind === 'closed') {
    await unit.markDeliveries([delivery.id], 'waiting', { state: 'blocked', now })
    await fallBack(unit, delivery, { code: notice.code, living }, now)
  } else await unit.dropDeliveries([delivery.id])
  return undefined
}

/** Whether a delivery leaves in a digest by this channel, which is then its own; the person's other channels get a copy. */
export async function joinDigest(unit: Unit, choosing: Choosing, by: Channel, now: Date): Promise<boolean> {
  const route = routeFor(choosing, by)
  if (route.kind !== 'leave') return false
  await leaveBy(unit, choosing.delivery, route, now)
  return true
}

/** Hands a notice to the next channel that lives and was not tried. */
export async function fallBack(unit: Unit, delivery: Delivery, { code, living }: { code: string; living: Channel[] }, now: Date) {
  const tried = await unit.triedChannels(delivery.recipientId, delivery.noticeId)
  const next = nextChannel(namesOf(living), tried, findRow(code))
  if (next) await unit.addDeliveries([{ ...delivery, channel: next, dueAt: now }], now)
}

const namesOf = (channels: Channel[]) => channels.map(({ name }) => name)
const routeFor = ({ delivery, notice, card, living }: Choosing, by?: Channel) =>
  routeOf(delivery, { chosen: card.channels, living: namesOf(living), row: findRow(notice.code), by: by?.name })

async function leaveBy(unit: Unit, delivery: Delivery, { by, copies }: { by: Channel['name']; copies: Channel['name'][] }, now: Date) {
  if (delivery.channel !== null) return
  await unit.chooseChannel(delivery.id, by)
  await unit.addDeliveries(
    copies.map((channel) => ({ ...delivery, channel, dueAt: now })),
    now,
  )
}
