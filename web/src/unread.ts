import { inbox, queries } from './session.ts'
import { createStore } from './store.ts'

export const unread = createStore(0)
const againMs = 3_000

/** Follows the inbox until told to stop; what is shown is asked for anew whenever something was said. */
export function followUnread(): () => void {
  const stop = new AbortController()
  void follow(stop.signal)
  return () => stop.abort()
}

async function follow(signal: AbortSignal) {
  let seen: string | undefined
  while (!signal.aborted) {
    try {
      for await (const { data } of await inbox.stream({}, { signal })) {
        const told = data as { unread: number; newest?: string | null }
        unread.set(told.unread)
        const state = JSON.stringify(told)
        if (seen !== undefined && seen !== state) void queries.invalidateQueries()
        seen = state
      }
    } catch {}
    if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, againMs))
  }
}
