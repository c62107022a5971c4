import type { Caller } from '@repitbot/contracts/endpoint'
import type { Deps } from '../deps.ts'
import { comingLessons } from '../rules/coming-lessons.ts'
import { withoutClosed } from '../rules/without-person.ts'

type Asked = { from: string; until: string; studentId?: string; after?: string; limit: number }

/** What the nights will plan, as far as is known today: series of people who may no longer take part have nothing ahead. */
export async function readSeriesComing({ store, now }: Deps, caller: Caller, { from, until, ...page }: Asked) {
  const { found, people, next } = await store.listComing(caller, { from, until, ...page })
  const coming = found.flatMap(({ series, taken }) => comingLessons(series, { from, until, now: now() }, taken))
  return { coming: withoutClosed(coming, people), next }
}
