/** How fast one bot may send: to all chats together, and to one. A little less than Telegram allows, for the road takes its time. */
export const everyMs = 1000 / 30
export const chatEveryMs = 1050
/** So long a message waits for its turn where it stands; for a longer wait it comes again. */
export const standsMsMax = 250

/** Until when nothing may go: to anybody after a refusal, and to each chat. */
export type Turns = { pausedUntil: number; nextAt: number; chats: Map<string, number> }

/** Takes a turn: how long until it comes, or `undefined` and how long until it is worth asking again. */
export function taken(turns: Turns, chat: string, nowMs: number): { inMs: number; isOurs: boolean } {
  const closedMs = Math.max(turns.pausedUntil, turns.chats.get(chat) ?? 0) - nowMs
  if (closedMs > 0) return { inMs: closedMs, isOurs: false }
  const at = Math.max(turns.nextAt, nowMs)
  if (at - nowMs > standsMsMax) return { inMs: at - nowMs, isOurs: false }
  turns.nextAt = at + everyMs
  turns.chats.set(chat, at + chatEveryMs)
  for (const [other, until] of turns.chats) if (until < nowMs) turns.chats.delete(other)
  return { inMs: at - nowMs, isOurs: true }
}
