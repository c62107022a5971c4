import type { Deps } from '../deps.ts'

/** A job that should have run so long ago is lost with its process, or stuck behind others: asking again does no harm. */
const lateMsMax = 60_000
/** Longer than any channel takes to answer: whoever was sending is gone. */
const sendingMsMax = 60_000
const atOnceMax = 500

/**
 * Takes up what a dead process has left. What it may have sent is sent again only by a channel where a repeat can be told from the first; of the
 * rest it stays uncertain, for a lost notice is in the inbox all the same and a doubled one would be believed.
 */
export async function sweepDeliveries({ store, channels, now, log }: Deps): Promise<void> {
  const at = now()
  const before = (ms: number) => new Date(at.getTime() - ms)
  const stuck = await store.transaction({ schoolId: [] }, (unit) => unit.listStuck(before(lateMsMax), before(sendingMsMax), atOnceMax))
  for (const { id, schoolId, what } of stuck)
    await store.transaction({ schoolId }, async (unit) => {
      if (what === 'letter') return unit.askForLetter(id, { schoolId, at })
      const delivery = await unit.lockDelivery(id)
      if (delivery?.state !== what) return
      if (what === 'waiting') return unit.askToSend([{ ...delivery, dueAt: at }])
      const sendsAgain = channels.find(({ name }) => name === delivery.channel)?.sendsAgain
      await unit.markDeliveries([id], 'sending', { state: sendsAgain ? 'waiting' : 'uncertain', dueAt: at, now: at })
      if (!sendsAgain) log.warn({ deliveryId: id, channel: delivery.channel }, 'A sender died before it knew whether its message left')
    })
}
