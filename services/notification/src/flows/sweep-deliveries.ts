import type { Deps } from '../deps.ts'

/** A job that should have run so long ago is lost with its process or waits behind others: a second request does no harm. */
const lateMsMax = 60_000
/** Longer than any channel takes to answer: the process that was sending has died. */
const sendingMsMax = 60_000
const stuckMax = 500

/**
 * Takes up what a dead process has left. What it may have sent is sent again only by a channel that can tell a repeat from the first message.
 * The rest stays uncertain: the notice is in the inbox in any case, and a message that comes twice would be taken for two.
 */
export async function sweepDeliveries({ store, channels, now, log }: Deps): Promise<void> {
  const at = now()
  const before = (ms: number) => new Date(at.getTime() - ms)
  const stuck = await store.listStuck(before(lateMsMax), before(sendingMsMax), stuckMax)
  for (const { id, schoolId, what } of stuck)
    await store.transaction({ schoolId }, async (unit) => {
      if (what === 'letter') return unit.requestLetter(id, { schoolId, at })
      const delivery = await unit.lockDelivery(id)
      if (delivery?.state !== what) return
      if (what === 'waiting') return unit.requestSending([{ ...delivery, dueAt: at }])
      const sendsAgain = channels.find(({ name }) => name === delivery.channel)?.sendsAgain
      await unit.markDeliveries([id], 'sending', { state: sendsAgain ? 'waiting' : 'uncertain', dueAt: at, now: at })
      if (!sendsAgain) log.warn({ deliveryId: id, channel: delivery.channel }, 'A sender died before it knew whether its message left')
    })
}
