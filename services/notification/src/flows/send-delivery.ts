import { placeOf } from '@repitbot/contracts/inbox'
import type { Channel as Name, PersonCard } from '@repitbot/contracts/people'
import type { Deps, StoredNotice, Unit } from '../deps.ts'
import type { Channel, Message, Outcome } from '../rules/channel.ts'
import { type Delivery, judged, settled, targets } from '../rules/delivery.ts'
import { noticeRow } from '../rules/notices.ts'
import { digested, render, wordsOf } from '../rules/render.ts'
import { tellBlocked } from './tell-blocked.ts'

type Leaving = Delivery & { notice: StoredNotice }
/** What leaves together: one notice, or all of a digest. */
type Ready = { deliveries: Leaving[]; card: PersonCard; channel: Channel; to: string }

/**
 * Sends one notice by one channel, or many in a digest. The row is marked as `sending`, and that is committed, before the provider is asked; whoever
 * finds it so afterwards knows that it may have left. That is the one window in which nobody knows.
 */
export async function sendDelivery(deps: Deps, schoolId: string, deliveryId: string): Promise<void> {
  const { store, now } = deps
  const ready = await store.transaction({ schoolId }, (unit) => prepared(deps, unit, deliveryId))
  if (!ready) return
  const { channel } = ready
  const ids = ready.deliveries.map(({ id }) => id)
  const waitMs = await channel.waitMs(ready.to)
  const begun = await store.transaction({ schoolId }, async (unit) => {
    if (waitMs === 0) return unit.beginSending(ids, now())
    const dueAt = new Date(now().getTime() + waitMs)
    await unit.markDeliveries(ids, 'waiting', { state: 'waiting', dueAt, now: now() })
    return []
  })
  if (!begun.length) return
  // What another has begun meanwhile is in his message.
  const leaving = { ...ready, deliveries: ready.deliveries.filter(({ id }) => begun.includes(id)) }
  const outcome = await channel.send(messageOf(deps, leaving))
  await store.transaction({ schoolId }, (unit) => settle(deps, unit, leaving, outcome))
}

/** Looks at a delivery as things are now, and at its channel; nothing when it is not its time. */
async function prepared(deps: Deps, unit: Unit, id: string): Promise<Ready | undefined> {
  const now = deps.now()
  unit.lockRecipient(id)
  const delivery = await unit.lockDelivery(id)
  if (delivery?.state !== 'waiting') return
  if (delivery.dueAt > now) {
    await unit.askToSend([delivery])
    return
  }
  const notice = await unit.findNotice(delivery.recipientId, delivery.noticeId)
  if (!notice) return
  const card = await unit.findCard(delivery.recipientId)
  const verdict = await judge(unit, { delivery, notice, card }, now)
  if (verdict.kind !== 'go' || !card) {
    const dueAt = verdict.kind === 'wait' ? verdict.until : undefined
    await unit.markDeliveries([id], 'waiting', { state: dueAt ? 'waiting' : 'expired', dueAt, now })
    return
  }
  const living = await livingChannels(deps, unit, card)
  const channel = await choose(unit, { delivery, notice, card, living }, now)
  if (!channel) return
  const together = delivery.digest ? await alsoDue(unit, delivery, { card, channel, living }, now) : []
  // In one order whoever gathers them, so that a message sent again is the same message.
  const deliveries = [{ ...delivery, notice }, ...together].toSorted((a, b) => (a.noticeId < b.noticeId ? -1 : 1))
  return { deliveries, card, channel, to: channel.addressOf(card) ?? '' }
}

async function judge(unit: Unit, of: { delivery: Delivery; notice: StoredNotice; card: PersonCard | undefined }, now: Date) {
  const { delivery } = of
  const [{ digestAt }, lastDigestAt] = delivery.digest
    ? [await unit.getPreferences(delivery.recipientId), await unit.lastDigestAt(delivery.recipientId)]
    : [{ digestAt: '' }, undefined]
  return judged({ ...of, row: noticeRow(of.notice.code), digestAt, lastDigestAt }, now)
}

/** The channels that reach a person: configured, with an address, and not closed by him. */
async function livingChannels({ channels }: Deps, unit: Unit, card: PersonCard): Promise<Channel[]> {
  const closed = await unit.closedChannels(card.userId)
  return channels.filter((channel) => channel.addressOf(card) !== null && !closed.includes(channel.name))
}

type Choosing = { delivery: Delivery; notice: StoredNotice; card: PersonCard; living: Channel[] }
/** The channel of a delivery; a first one asks for the others that the person chose too. Without any, the inbox is all there is. */
async function choose(unit: Unit, { delivery, notice, card, living }: Choosing, now: Date): Promise<Channel | undefined> {
  const named = (name: string | null) => living.find((one) => one.name === name)
  if (delivery.channel !== null) {
    const channel = named(delivery.channel)
    if (channel) return channel
    await unit.markDeliveries([delivery.id], 'waiting', { state: 'blocked', now })
    await fallBack(unit, delivery, { code: notice.code, living }, now)
    return
  }
  const names = targetsOf(notice, card, living)
  const [first] = names
  if (!first) {
    await unit.dropDeliveries([delivery.id])
    return
  }
  await leaveBy(unit, delivery, { channel: first, names, now })
  return named(first)
}

const targetsOf = ({ code }: StoredNotice, card: PersonCard, living: Channel[]) =>
  targets(
    card.channels,
    living.map(({ name }) => name),
    noticeRow(code),
  )

async function leaveBy(unit: Unit, delivery: Delivery, { channel, names, now }: { channel: Name; names: Name[]; now: Date }) {
  await unit.chooseChannel(delivery.id, channel)
  const others = names.filter((name) => name !== channel)
  await unit.addDeliveries(
    others.map((other) => ({ ...delivery, channel: other, dueAt: now })),
    now,
  )
}

type Gathering = { card: PersonCard; channel: Channel; living: Channel[] }
/** The rest of a digest; what is not due by itself, or leaves by other channels, stays. */
async function alsoDue(unit: Unit, { id, recipientId }: Delivery, { card, channel, living }: Gathering, now: Date): Promise<Leaving[]> {
  const due: Leaving[] = []
  for (const delivery of await unit.lockDigest(recipientId, id, channel.name)) {
    const notice = await unit.findNotice(recipientId, delivery.noticeId)
    if (!notice || (await judge(unit, { delivery, notice, card }, now)).kind !== 'go') continue
    const names = targetsOf(notice, card, living)
    if (delivery.channel === null && !names.includes(channel.name)) continue
    if (delivery.channel === null) await leaveBy(unit, delivery, { channel: channel.name, names, now })
    due.push({ ...delivery, notice })
  }
  return due
}

function messageOf({ publicUrl }: Deps, { deliveries: all, card, to }: Ready): Message {
  const notices = all.map(({ notice }) => notice)
  const [first] = notices
  const rendered = first && !all[0]?.digest ? render(first, card) : digested(notices, card)
  const [place, ...others] = new Set(notices.map((notice) => placeOfNotice(notice, card.userId)))
  const link = { url: `${publicUrl}${place && !others.length ? place : '/inbox'}`, label: wordsOf(card.language)('outward.open') }
  return { ...rendered, id: all[0]?.id ?? '', to, language: card.language, link }
}

const placeOfNotice = ({ link, studentId, audience }: StoredNotice, userId: string) =>
  placeOf({ link, studentId: studentId ?? undefined }, { userId, gives: audience === 'tutor' })

async function settle(deps: Deps, unit: Unit, { deliveries, card, channel }: Ready, outcome: Outcome): Promise<void> {
  const now = deps.now()
  if ('why' in outcome) deps.log.warn({ channel: channel.name, outcome: outcome.kind, why: outcome.why }, 'A message did not get through')
  if (outcome.kind === 'blocked')
    await tellBlocked(deps, unit, [
      { schoolId: deliveries[0]?.schoolId ?? '', userId: card.userId, channel: channel.name, at: now.toISOString() },
    ])
  for (const delivery of deliveries) {
    const { state, dueAt, falls } = settled({ ...delivery, attempts: delivery.attempts + 1 }, outcome, {
      now,
      sendsAgain: channel.sendsAgain,
    })
    await unit.markDeliveries([delivery.id], 'sending', { state, dueAt, now })
    if (!falls) continue
    const notice = await unit.findNotice(delivery.recipientId, delivery.noticeId)
    const living = (await livingChannels(deps, unit, card)).filter(({ name }) => name !== channel.name)
    if (notice) await fallBack(unit, delivery, { code: notice.code, living }, now)
  }
}

/** Hands a notice to the next channel that lives and was not tried. */
async function fallBack(unit: Unit, delivery: Delivery, { code, living }: { code: string; living: Channel[] }, now: Date): Promise<void> {
  if (noticeRow(code).noFallback) return
  const tried = await unit.triedChannels(delivery.recipientId, delivery.noticeId)
  const next = living.find(({ name }) => !tried.includes(name))
  if (next) await unit.addDeliveries([{ ...delivery, channel: next.name, dueAt: now }], now)
}
