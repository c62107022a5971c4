import type { Caller, StreamMessage } from '@repitbot/contracts/endpoint'
import type { Deps, WakeTopic } from '../deps.ts'

/** Wake-ups may be lost, so the store is also read at this interval. */
const pollMs = 15_000
/** As long as an access token lives: a reader whose access ends does not keep a stream open. */
const streamMsMax = 600_000

type Watching = { lastEventId: string | undefined; signal: AbortSignal }

/**
 * Sends the state of the inbox at once, unless it is the one that the reader has seen last, and again whenever it changes. Also sends that
 * lessons of the reader have changed, without saying which: only the lesson service knows what of a lesson may be shown to whom.
 */
export async function* watchInbox(
  { store, now, watchers }: Deps,
  caller: Caller,
  { lastEventId, signal }: Watching,
): AsyncIterable<StreamMessage> {
  const bell = openBell(watchers, caller.userId)
  const end = AbortSignal.any([signal, AbortSignal.timeout(streamMsMax)])
  end.addEventListener('abort', () => bell.ring('inbox'), { once: true })
  try {
    for (let seen = lastEventId, topics = new Set<WakeTopic>(); !end.aborted; topics = await bell.wait(pollMs)) {
      if (topics.delete('lessons')) {
        yield { event: 'lessons', data: {} }
        if (!topics.size) continue
      }
      const { unread, newest } = await store.getUnread(caller, now())
      const id = `${newest ?? 'none'}.${unread}`
      if (id !== seen) yield { id, event: 'inbox', data: { unread, newest } }
      seen = id
    }
  } finally {
    bell.close()
  }
}

/** The wake-ups of one reader; one that comes while nobody waits is kept. */
function openBell(watchers: Deps['watchers'], userId: string) {
  let pending = new Set<WakeTopic>()
  let stopWaiting = () => {}
  const ring = (topic: WakeTopic) => {
    pending.add(topic)
    stopWaiting()
  }
  const mine = watchers.get(userId) ?? new Set()
  watchers.set(userId, mine.add(ring))
  return {
    ring,
    /** Resolves with the topics of the wake-ups; with none when none came in time. */
    async wait(msMax: number): Promise<Set<WakeTopic>> {
      if (!pending.size)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, msMax)
          stopWaiting = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      const topics = pending
      pending = new Set()
      return topics
    },
    close() {
      mine.delete(ring)
      if (mine.size === 0) watchers.delete(userId)
    },
  }
}
