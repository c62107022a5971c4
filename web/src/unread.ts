import { api } from './clients.ts'
import { queries } from './queries.ts'
import { createStore } from './store.ts'

export const unread = createStore(0)
const againMs = 3_000

/** Follows the inbox and the changes of lessons until it is stopped, and loads again what is on the screen whenever something has changed. */
export function followUnread(): () => void {
  const stop = new AbortController()
  void follow(stop.signal)
  return () => stop.abort()
}

/** Many changes at once, such as a new series, are loaded once. */
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
      // Changes are not repeated to a stream that was closed meanwhile.
      if (seen !== undefined) lessonsChanged()
      for await (const { event, data } of stream) {
        if (event === 'lessons') {
          lessonsChanged()
          continue
        }
        const state = data as { unread: number; newest?: string | null }
        unread.set(state.unread)
        const stateText = JSON.stringify(state)
        if (seen !== undefined && seen !== stateText) void queries.invalidateQueries()
        seen = stateText
      }
    } catch {}
    if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, againMs))
  }
}
