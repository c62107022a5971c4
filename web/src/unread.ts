import { api } from './clients.ts'
import { queries } from './queries.ts'
import { createStore } from './store.ts'

export const unread = createStore(0)
const againMs = 3_000

/** Follows the inbox and the changes of lessons until told to stop; what is shown is asked for anew whenever something was said. */
export function followUnread(): () => void {
  const stop = new AbortController()
  void follow(stop.signal)
  return () => stop.abort()
}

/** Many changes at once, such as a new series, are asked for once. */
const gatherMs = 300
let gathering = false
function lessonsChanged() {
  if (gathering) return
  gathering = true
  setTimeout(() => {
    gathering = false
    void queries.invalidateQueries({ queryKey: ['lessons'] })
  }, gatherMs)
}

async function follow(signal: AbortSignal) {
  let seen: string | undefined
  while (!signal.aborted) {
    try {
      const stream = await api.inbox.stream({}, { signal })
      // What was said while nobody listened is lost.
      if (seen !== undefined) lessonsChanged()
      for await (const { event, data } of stream) {
        if (event === 'lessons') {
          lessonsChanged()
          continue
        }
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
