import type { ServerResponse } from 'node:http'
import type { Claims } from '@repitbot/kit/auth'

/** How many streams a person may have open: some browsers, the phone, and one that is just being replaced. */
const streamsMax = 6

export type Streams = {
  /** Counts a stream until it ends. A person who has too many loses the oldest one. */
  add(claims: Pick<Claims, 'sub' | 'sid'>, response: ServerResponse): void
  /** Ends the streams of an ended session. */
  endOf(sessionId: string): void
}
type Stream = { sessionId: string; response: ServerResponse }

/** The open streams of this gateway. A token is checked when a stream opens, so whatever ends a session must end its streams too. */
export function openStreams(): Streams {
  const byPerson = new Map<string, Stream[]>()
  return {
    add({ sub, sid }, response) {
      const open = [...(byPerson.get(sub) ?? []), { sessionId: sid, response }]
      byPerson.set(sub, open)
      response.on('close', () => {
        const left = (byPerson.get(sub) ?? []).filter((one) => one.response !== response)
        if (left.length) byPerson.set(sub, left)
        else byPerson.delete(sub)
      })
      if (open.length > streamsMax) open[0]?.response.end()
    },
    endOf(sessionId) {
      for (const open of byPerson.values()) for (const one of open) if (one.sessionId === sessionId) one.response.end()
    },
  }
}
