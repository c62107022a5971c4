import { placeOf } from '@repitbot/contracts/inbox'
import { pages } from '@repitbot/contracts/pages'
import type { PersonCard } from '@repitbot/contracts/person-card'
import type { Deps, StoredNotice, Unit } from '../deps.ts'
import type { Channel, Message, Outcome } from '../rules/channel.ts'
import { type Delivery, deliveryResult, timingOf } from '../rules/delivery.ts'
import { findRow } from '../rules/notices.ts'
import { render, renderDigest, wordsOf } from '../rules/render.ts'
import { chooseChannel, isBulk, joinDigest, listUsableChannels, tryNextChannel } from './choose-channel.ts'
import { notifyOfBlockedChannels } from './notify-of-blocked-channels.ts'
import { reportUnreadable } from './report-unreadable.ts'
import { unsubscribeToken } from './unsubscribe-tokens.ts'

type WithNotice = Delivery & { notice: StoredNotice }
/** One message: of one notice, or of all notices of a digest. */
type Outgoing = { deliveries: WithNotice[]; card: PersonCard; channel: Channel; to: string; school: string | undefined }

/**
 * Sends one notice by one channel, or many in a digest. The row is marked as `sending`, and that is committed, before the provider is called:
 * a row that is still `sending` after a crash may have been sent. That is the one window in which nobody knows.
 */
export async function sendDelivery(deps: Deps, schoolId: string, deliveryId: string): Promise<void> {
  const { store, now } = deps
  const ready = await store.transaction({ schoolId }, (unit) => prepareMessage(deps, unit, deliveryId))
  if (!ready) return
  const { channel } = ready
  const ids = ready.deliveries.map(({ id }) => id)
  const waitMs = await channel.waitMs(ready.to)
  const begun = await store.transaction({ schoolId }, async (unit) => {
    // Of two processes that have gathered the same digest one begins all of it, and not each a part.
    unit.lockRecipient(deliveryId)
    if (waitMs === 0) return unit.beginSending(ids, now())
    const dueAt = new Date(now().getTime() + waitMs)
    await unit.markDeliveries(ids, 'waiting', { state: 'waiting', dueAt, now: now() })
    return []
  })
  if (!begun.length) return
  // Deliveries that another process has begun meanwhile are in its message.
  const outgoing = { ...ready, deliveries: ready.deliveries.filter(({ id }) => begun.includes(id)) }
  const outcome = await channel.send(toMessage(deps, outgoing))
  await store.transaction({ schoolId }, (unit) => saveResult(deps, unit, outgoing, outcome))
}

/** Decides whether a delivery is sent now, and by which channel; nothing when it is not. */
async function prepareMessage(deps: Deps, unit: Unit, id: string): Promise<Outgoing | undefined> {
  const now = deps.now()
  unit.lockRecipient(id)
  const delivery = await unit.lockDelivery(id)
  if (delivery?.state !== 'waiting') return
  if (delivery.dueAt > now) {
    await unit.requestSending([delivery])
    return
  }
  const notice = await unit.findNotice(delivery.recipientId, delivery.noticeId)
  if (!notice) return
  const card = await unit.findCard(delivery.recipientId)
  const timing = await decideTiming(unit, { delivery, notice, card }, now)
  if (timing.kind !== 'send' || !card) {
    const dueAt = timing.kind === 'wait' ? timing.until : undefined
    await unit.markDeliveries([id], 'waiting', { state: dueAt ? 'waiting' : 'expired', dueAt, now })
    return
  }
  if (!isReadable(deps, notice, card)) {
    await unit.markDeliveries([id], 'waiting', { state: 'failed', now })
    return
  }
  const usable = await listUsableChannels(deps, unit, { delivery, notice, card })
  const channel = await chooseChannel(unit, { delivery, notice, card, usable }, now)
  if (!channel) return
  const together = delivery.digest ? await gatherDigest(deps, unit, delivery, { card, channel, usable }) : []
  // Always in the same order, so that a message that is sent again is the same message.
  const deliveries = [{ ...delivery, notice }, ...together].toSorted((a, b) => (a.noticeId < b.noticeId ? -1 : 1))
  return { deliveries, card, channel, to: channel.addressOf(card) ?? '', school: await unit.findSchoolName(delivery.schoolId) }
}

async function decideTiming(unit: Unit, of: { delivery: Delivery; notice: StoredNotice; card: PersonCard | undefined }, now: Date) {
  const { delivery } = of
  const [{ digestAt }, lastDigestAt] = delivery.digest
    ? [await unit.getPreferences(delivery.recipientId), await unit.findLastDigestAt(delivery.recipientId)]
    : [{ digestAt: '' }, undefined]
  return timingOf({ ...of, row: findRow(of.notice.code), digestAt, lastDigestAt }, now)
}

type DigestTarget = { card: PersonCard; channel: Channel; usable: Channel[] }
/** The rest of a digest, without notices that are not due yet, leave by other channels or cannot be rendered. */
async function gatherDigest(
  deps: Deps,
  unit: Unit,
  { id, recipientId }: Delivery,
  { card, channel, usable }: DigestTarget,
): Promise<WithNotice[]> {
  const now = deps.now()
  const due: WithNotice[] = []
  for (const delivery of await unit.lockDigest(recipientId, id, channel.name)) {
    const notice = await unit.findNotice(recipientId, delivery.noticeId)
    if (!notice || (await decideTiming(unit, { delivery, notice, card }, now)).kind !== 'send') continue
    if (!isReadable(deps, notice, card)) {
      await unit.markDeliveries([delivery.id], 'waiting', { state: 'failed', now })
      continue
    }
    if (await joinDigest(unit, { delivery, notice, card, usable }, channel, now)) due.push({ ...delivery, notice })
  }
  return due
}

/** A notice that cannot be rendered is sent to nobody: half a message would confuse. The inbox shows that there is one. */
function isReadable(deps: Deps, notice: StoredNotice, card: PersonCard): boolean {
  const { fault } = render(notice, card)
  if (fault) reportUnreadable(deps, notice, fault)
  return !fault
}

function toMessage({ publicUrl, unsubscribeKey }: Deps, { deliveries: all, card, to, school }: Outgoing): Message {
  const notices = all.map(({ notice }) => notice)
  const [first] = notices
  const { title, body } = first && !all[0]?.digest ? render(first, card) : renderDigest(notices, card)
  const [place, ...others] = new Set(notices.map((notice) => pageOf(notice, card.userId)))
  const words = wordsOf(card.language)
  const link = { url: `${publicUrl}${place && !others.length ? place : '/inbox'}`, label: words('outward.open') }
  const message: Message = { title, body, id: all[0]?.id ?? '', to, school, language: card.language, link }
  const bulk = all.find((one) => isBulk(one, one.notice))
  if (!bulk) return message
  const token = unsubscribeToken(unsubscribeKey, { schoolId: bulk.schoolId, userId: card.userId })
  return { ...message, unsubscribe: { url: `${publicUrl}${pages.unsubscribe.path}?token=${token}`, label: words('outward.unsubscribe') } }
}

const pageOf = ({ link, studentId, audience }: StoredNotice, userId: string) =>
  placeOf({ link, studentId: studentId ?? undefined }, { userId, gives: audience === 'tutor' || audience === 'admin' })

async function saveResult(deps: Deps, unit: Unit, { deliveries, card, channel }: Outgoing, outcome: Outcome): Promise<void> {
  const now = deps.now()
  if ('reason' in outcome)
    deps.log.warn({ channel: channel.name, outcome: outcome.kind, reason: outcome.reason }, 'A message did not get through')
  if (outcome.kind === 'blocked')
    await notifyOfBlockedChannels(deps, unit, [
      {
        schoolId: deliveries[0]?.schoolId ?? '',
        userId: card.userId,
        channel: channel.name,
        blocked: true,
        at: now.toISOString(),
        correlationId: deps.correlationId(),
      },
    ])
  for (const delivery of deliveries) {
    const { state, dueAt, triesNext } = deliveryResult({ ...delivery, attempts: delivery.attempts + 1 }, outcome, {
      now,
      sendsAgain: channel.sendsAgain,
    })
    await unit.markDeliveries([delivery.id], 'sending', { state, dueAt, now })
    if (!triesNext) continue
    const notice = await unit.findNotice(delivery.recipientId, delivery.noticeId)
    if (!notice) continue
    const usable = (await listUsableChannels(deps, unit, { delivery, notice, card })).filter(({ name }) => name !== channel.name)
    await tryNextChannel(unit, { delivery, notice, card, usable }, now)
  }
}
