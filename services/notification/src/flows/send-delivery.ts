import { placeOf } from '@repitbot/contracts/inbox'
import type { PersonCard } from '@repitbot/contracts/people'
import type { Deps, StoredNotice, Unit } from '../deps.ts'
import type { Channel, Message, Outcome } from '../rules/channel.ts'
import { type Delivery, deliveryResult, verdictOn } from '../rules/delivery.ts'
import { findRow } from '../rules/notices.ts'
import { digested, render, wordsOf } from '../rules/render.ts'
import { chooseChannel, fallBack, joinDigest, livingChannels } from './choose-channel.ts'
import { reportUnreadable } from './report-unreadable.ts'
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
  // What another process has begun meanwhile is in its message.
  const leaving = { ...ready, deliveries: ready.deliveries.filter(({ id }) => begun.includes(id)) }
  const outcome = await channel.send(messageOf(deps, leaving))
  await store.transaction({ schoolId }, (unit) => keepResult(deps, unit, leaving, outcome))
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
  if (!isReadable(deps, notice, card)) {
    await unit.markDeliveries([id], 'waiting', { state: 'failed', now })
    return
  }
  const living = await livingChannels(deps, unit, card)
  const channel = await chooseChannel(unit, { delivery, notice, card, living }, now)
  if (!channel) return
  const together = delivery.digest ? await alsoDue(deps, unit, delivery, { card, channel, living }) : []
  // In one order whoever gathers them, so that a message sent again is the same message.
  const deliveries = [{ ...delivery, notice }, ...together].toSorted((a, b) => (a.noticeId < b.noticeId ? -1 : 1))
  return { deliveries, card, channel, to: channel.addressOf(card) ?? '' }
}

async function judge(unit: Unit, of: { delivery: Delivery; notice: StoredNotice; card: PersonCard | undefined }, now: Date) {
  const { delivery } = of
  const [{ digestAt }, lastDigestAt] = delivery.digest
    ? [await unit.getPreferences(delivery.recipientId), await unit.lastDigestAt(delivery.recipientId)]
    : [{ digestAt: '' }, undefined]
  return verdictOn({ ...of, row: findRow(of.notice.code), digestAt, lastDigestAt }, now)
}

type Gathering = { card: PersonCard; channel: Channel; living: Channel[] }
/** The rest of a digest; what is not due by itself, leaves by other channels or cannot be written stays. */
async function alsoDue(deps: Deps, unit: Unit, { id, recipientId }: Delivery, { card, channel, living }: Gathering): Promise<Leaving[]> {
  const now = deps.now()
  const due: Leaving[] = []
  for (const delivery of await unit.lockDigest(recipientId, id, channel.name)) {
    const notice = await unit.findNotice(recipientId, delivery.noticeId)
    if (!notice || (await judge(unit, { delivery, notice, card }, now)).kind !== 'go') continue
    if (!isReadable(deps, notice, card)) continue
    if (await joinDigest(unit, { delivery, notice, card, living }, channel, now)) due.push({ ...delivery, notice })
  }
  return due
}

/** A notice that cannot be written is sent to nobody: half a message would only confuse. The inbox shows that there is one. */
function isReadable(deps: Deps, notice: StoredNotice, card: PersonCard): boolean {
  const { fault } = render(notice, card)
  if (fault) reportUnreadable(deps, notice, fault)
  return !fault
}

function messageOf({ publicUrl }: Deps, { deliveries: all, card, to }: Ready): Message {
  const notices = all.map(({ notice }) => notice)
  const [first] = notices
  const { title, body } = first && !all[0]?.digest ? render(first, card) : digested(notices, card)
  const [place, ...others] = new Set(notices.map((notice) => placeOfNotice(notice, card.userId)))
  const link = { url: `${publicUrl}${place && !others.length ? place : '/inbox'}`, label: wordsOf(card.language)('outward.open') }
  return { title, body, id: all[0]?.id ?? '', to, language: card.language, link }
}

const placeOfNotice = ({ link, studentId, audience }: StoredNotice, userId: string) =>
  placeOf({ link, studentId: studentId ?? undefined }, { userId, gives: audience === 'tutor' })

async function keepResult(deps: Deps, unit: Unit, { deliveries, card, channel }: Ready, outcome: Outcome): Promise<void> {
  const now = deps.now()
  if ('why' in outcome) deps.log.warn({ channel: channel.name, outcome: outcome.kind, why: outcome.why }, 'A message did not get through')
  if (outcome.kind === 'blocked')
    await tellBlocked(deps, unit, [
      { schoolId: deliveries[0]?.schoolId ?? '', userId: card.userId, channel: channel.name, at: now.toISOString() },
    ])
  for (const delivery of deliveries) {
    const { state, dueAt, falls } = deliveryResult({ ...delivery, attempts: delivery.attempts + 1 }, outcome, {
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
