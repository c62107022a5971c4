import type { PersonCard } from '@repitbot/contracts/person-card'
import type { Deps, StoredNotice, Unit } from '../deps.ts'
import type { Channel } from '../rules/channel.ts'
import { type Delivery, nextChannel, routeOf } from '../rules/delivery.ts'
import { findRow } from '../rules/notices.ts'

/** A delivery with what decides on its channel; `usable`: the channels that reach its person. */
export type ChannelChoice = { delivery: Delivery; notice: StoredNotice; card: PersonCard; usable: Channel[] }

/** The channels that reach a person with a notice: configured, with an address, not closed by the person, nor refused for such notices. */
export async function listUsableChannels({ channels }: Deps, unit: Unit, { delivery, notice, card }: Omit<ChannelChoice, 'usable'>) {
  const closed: string[] = await unit.listClosedChannels(card.userId)
  if (isBulk(delivery, notice) && !(await unit.getPreferences(card.userId)).bulkEmail) closed.push('email')
  return channels.filter((channel) => channel.addressOf(card) !== null && !closed.includes(channel.name))
}

/** Whether it is a message that many people get, or one of a digest. */
export const isBulk = (delivery: Pick<Delivery, 'digest'>, notice: Pick<StoredNotice, 'code'>): boolean =>
  delivery.digest || findRow(notice.code)?.bulk === true

/** The channel of a delivery. A first delivery adds one for each other channel that the person chose. Without any channel only the inbox has the notice. */
export async function chooseChannel(unit: Unit, choice: ChannelChoice, now: Date): Promise<Channel | undefined> {
  const { delivery, usable } = choice
  const route = routeFor(choice)
  if (route.kind === 'send') {
    await sendBy(unit, delivery, route, now)
    return usable.find(({ name }) => name === route.by)
  }
  if (route.kind === 'closed') {
    await unit.markDeliveries([delivery.id], 'waiting', { state: 'blocked', now })
    await tryNextChannel(unit, choice, now)
  } else await unit.dropDeliveries([delivery.id])
  return undefined
}

/** Whether a delivery leaves in a digest by this channel, which is then its channel; the person's other channels get a copy. */
export async function joinDigest(unit: Unit, choice: ChannelChoice, by: Channel, now: Date): Promise<boolean> {
  const route = routeFor(choice, by)
  if (route.kind !== 'send') return false
  await sendBy(unit, choice.delivery, route, now)
  return true
}

/** Adds a delivery by the next usable channel that was not tried. */
export async function tryNextChannel(unit: Unit, { delivery, notice, card, usable }: ChannelChoice, now: Date) {
  const tried = await unit.listTriedChannels(delivery.recipientId, delivery.noticeId)
  const next = nextChannel({ chosen: card.channels, usable: namesOf(usable) }, tried, findRow(notice.code))
  if (next) await unit.addDeliveries([{ ...delivery, channel: next, dueAt: now }], now)
}

const namesOf = (channels: Channel[]) => channels.map(({ name }) => name)
const routeFor = ({ delivery, notice, card, usable }: ChannelChoice, by?: Channel) =>
  routeOf(delivery, { chosen: card.channels, usable: namesOf(usable), row: findRow(notice.code), by: by?.name })

async function sendBy(unit: Unit, delivery: Delivery, { by, copies }: { by: Channel['name']; copies: Channel['name'][] }, now: Date) {
  if (delivery.channel !== null) return
  await unit.chooseChannel(delivery.id, by)
  await unit.addDeliveries(
    copies.map((channel) => ({ ...delivery, channel, dueAt: now })),
    now,
  )
}
