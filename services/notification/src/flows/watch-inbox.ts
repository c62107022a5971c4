import type { Caller, StreamMessage } from '@repitbot/contracts/endpoint'
import type { Deps, Watched } from '../deps.ts'

/** Wake-ups may be lost, so the store is looked at now and then in any case. */
const lookMs = 15_000
/** As long as an access token lives: a reader who may no longer come in is not told for ever. */
const streamMsMax = 600_000

type Watching = { lastEventId: string | undefined; signal: AbortSignal }

/**
 * Says the state of the inbox at once, unless the reader has seen just that one, and again whenever it changes. Between, that lessons have
 * changed which the reader sees: not which, for the lesson service alone knows what of them may be shown to whom.
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
    for (let seen = lastEventId, rung = new Set<Watched>(); !end.aborted; rung = await bell.rung(lookMs)) {
      if (rung.delete('lessons')) {
        yield { event: 'lessons', data: {} }
        if (!rung.size) continue
      }
      const { unread, newest } = await store.transaction(caller, (unit) => unit.findUnread(caller, now()))
      const id = `${newest ?? 'none'}.${unread}`
      if (id !== seen) yield { id, event: 'inbox', data: { unread, newest } }
      seen = id
    }
  } finally {
    bell.close()
  }
}

/** Rings for one reader; a ring that comes while nobody waits is kept. */
function openBell(watchers: Deps['watchers'], userId: string) {
  let ringing = new Set<Watched>()
  let answer = () => {}
  const ring = (what: Watched) => {
    ringing.add(what)
    answer()
  }
  const mine = watchers.get(userId) ?? new Set()
  watchers.set(userId, mine.add(ring))
  return {
    ring,
    /** What has rung; nothing when nothing did in time. */
    async rung(msMax: number): Promise<Set<Watched>> {
      if (!ringing.size)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, msMax)
          answer = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      const rung = ringing
      ringing = new Set()
      return rung
    },
    close() {
      mine.delete(ring)
      if (mine.size === 0) watchers.delete(userId)
    },
  }
}
