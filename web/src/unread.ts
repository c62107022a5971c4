import type { StreamMessage } from '@repitbot/contracts/endpoint'
import { api } from './clients.ts'
import { inTurn } from './locks.ts'
import { queries } from './queries.ts'
import { createStore } from './store.ts'

export const unread = createStore(0)
const againMs = 3_000
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

/** What tabs tell each other: what the stream said, that it was opened anew, and the question of a new tab what it said last. */
type Told = Pick<StreamMessage, 'event' | 'data'> | 'opened' | 'last?'

/**
 * Follows the inbox and the changes of lessons until it is stopped, and loads again what is on the screen whenever something has changed.
 * One visible tab holds the stream and tells the others: over HTTP/1.1 a browser opens six connections to an address, and a stream of each
 * tab would take them all. A hidden tab holds none; it looks again when it is shown.
 */
export function followUnread(userId: string): () => void {
  const name = `repitbot-inbox-${userId}`
  const stop = new AbortController()
  const channel = new BroadcastChannel(name)
  const take = taking()
  let last: Told | undefined
  const tell = (told: Told) => {
    take(told)
    channel.postMessage(told)
    if (typeof told === 'object' && told.event !== 'lessons') last = told
  }
  channel.onmessage = ({ data: told }: MessageEvent<Told>) => {
    if (told !== 'last?') take(told)
    else if (last) channel.postMessage(last)
  }
  channel.postMessage('last?')
  const hold = async (signal: AbortSignal) => {
    await inTurn(name, () => stream(tell, signal), signal)
    last = undefined
  }
  void whileVisible(stop.signal, hold)
  return () => {
    stop.abort()
    channel.close()
  }
}

/** What a tab does with what it is told. */
function taking() {
  let seen: string | undefined
  return (told: Told) => {
    // Changes are not repeated to a stream that was closed meanwhile.
    if (told === 'opened' ? seen !== undefined : typeof told === 'object' && told.event === 'lessons') return lessonsChanged()
    if (typeof told === 'string') return
    const state = told.data as { unread: number; newest?: string | null }
    unread.set(state.unread)
    const stateText = JSON.stringify(state)
    if (seen !== undefined && seen !== stateText) void queries.invalidateQueries()
    seen = stateText
  }
}

/** Reads the stream, and opens it again when it ends, until the signal. */
async function stream(tell: (told: Told) => void, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const messages = await api.inbox.stream({}, { signal })
      tell('opened')
      for await (const { event, data } of messages) tell({ event, data })
    } catch {}
    if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, againMs))
  }
}

/** Does the work each time this tab becomes visible; the work's signal is aborted when it is hidden, or by `stop`. */
async function whileVisible(stop: AbortSignal, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const turned = () =>
    new Promise<void>((resolve) => {
      document.addEventListener('visibilitychange', () => resolve(), { once: true, signal: stop })
      stop.addEventListener('abort', () => resolve(), { once: true })
    })
  while (!stop.aborted) {
    const over = turned()
    if (document.visibilityState === 'visible') {
      const ending = new AbortController()
      void over.then(() => ending.abort())
      await work(ending.signal).catch(() => {})
    }
    await over
  }
}
