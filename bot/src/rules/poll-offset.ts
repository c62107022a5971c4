/** From which update on Telegram is asked, and when the last update came. */
export type PollOffset = { offset: number; since: number }

const weekMs = 7 * 24 * 60 * 60_000

export const firstOffset = (now: Date): PollOffset => ({ offset: 0, since: now.getTime() })

/**
 * After an answer of Telegram: the update after the last one that was stored. Ids do not only grow: after a week without updates Telegram may
 * begin them anew, lower, so the highest id ever seen would confirm nothing, and after such a week the offset is 0 again.
 */
export function offsetAfter({ offset, since }: PollOffset, updates: { update_id: number }[], now: Date): PollOffset {
  const last = updates.at(-1)
  if (last) return { offset: last.update_id + 1, since: now.getTime() }
  return now.getTime() - since >= weekMs ? firstOffset(now) : { offset, since }
}
