import type { JobAsked } from '@repitbot/kit/house'
import type { Inside } from '../inside.ts'
import { render } from '../rules/render.ts'

/** Sends one notice by one channel, as it reads now; what failed is thrown, so that the job is tried again. */
export async function sendNotice({ store, channels, now }: Inside, { schoolId, payload }: JobAsked): Promise<void> {
  const channel = channels.find(({ name }) => name === payload.channel)
  const [recipientId, noticeId] = [String(payload.recipientId), String(payload.noticeId)]
  const found = await store.transaction({ schoolId }, async (unit) => ({
    card: await unit.findCard(recipientId),
    notice: await unit.findNotice(recipientId, noticeId),
  }))
  const { card, notice } = found
  if (!channel || !card?.active || !notice || notice.readAt || notice.expiresAt <= now()) return
  const outcome = await channel.send(card, render(notice, card))
  if (outcome === 'failed') throw new Error(`The channel ${channel.name} failed`)
}
