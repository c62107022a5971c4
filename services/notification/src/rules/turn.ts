/** How fast one bot may send: to all chats together, and to one. A little slower than Telegram allows, because the network delays requests unevenly. */
export const everyMs = 1000 / 30
export const chatEveryMs = 1050
/** So long a job waits for its turn; for a longer wait it ends and runs again later. */
export const waitMsMax = 250

/** Until when no message may be sent: to anybody after a refusal, and to each chat. */
export type Turns = { pausedUntil: number; nextAt: number; chats: Map<string, number> }

/** Takes a turn. `waitMs`: how long until it comes, or, when it was not taken, how long until the next try. */
export function takeTurn(turns: Turns, chat: string, nowMs: number): { waitMs: number; isTaken: boolean } {
  const closedMs = Math.max(turns.pausedUntil, turns.chats.get(chat) ?? 0) - nowMs
  if (closedMs > 0) return { waitMs: closedMs, isTaken: false }
  const at = Math.max(turns.nextAt, nowMs)
  if (at - nowMs > waitMsMax) return { waitMs: at - nowMs, isTaken: false }
  turns.nextAt = at + everyMs
  turns.chats.set(chat, at + chatEveryMs)
  for (const [other, until] of turns.chats) if (until < nowMs) turns.chats.delete(other)
  return { waitMs: at - nowMs, isTaken: true }
}
