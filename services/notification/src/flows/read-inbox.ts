import type { Caller } from '@repitbot/contracts/endpoint'
import type { Delivery, Notice } from '@repitbot/contracts/inbox'
import { Failure } from '@repitbot/kit/failure'
import { paged } from '@repitbot/kit/page'
import type { Deps, StoredNotice } from '../deps.ts'
import { type Reader, render } from '../rules/render.ts'
import { wakeReaders } from './tell-people.ts'

type Page = { only: 'all' | 'unread'; before?: string; limit: number }

/** A page of the caller's notices in the language and zone he has now. */
export const readInbox = ({ store, now }: Deps, caller: Caller, { limit, ...page }: Page) =>
  store.transaction(caller, async (unit) => {
    const reader = await unit.findCard(caller.userId)
    const stored = await unit.listNotices(caller, { ...page, limit: limit + 1, now: now() })
    const { page: notices, last } = paged(stored, limit)
    return { notices: notices.map((one) => shown(one, reader)), next: last?.id ?? null }
  })

const shown = (stored: StoredNotice, reader: Reader): Notice => ({
  id: stored.id,
  code: stored.code,
  ...render(stored, reader),
  params: stored.params,
  link: stored.link,
  studentId: stored.studentId ?? undefined,
  correlationId: stored.correlationId,
  createdAt: stored.createdAt.toISOString(),
  expiresAt: stored.expiresAt.toISOString(),
  readAt: stored.readAt?.toISOString() ?? null,
})

export const countUnread = ({ store, now }: Deps, caller: Caller) => store.transaction(caller, (unit) => unit.findUnread(caller, now()))

/** Another open page of the same reader learns of it too. */
export const markRead = (deps: Deps, caller: Caller, noticeId: string) =>
  deps.store.transaction(caller, async (unit) => {
    if (!(await unit.markRead(caller.userId, noticeId, deps.now()))) throw new Failure('not_found')
    wakeReaders(deps, unit, [{ recipientId: caller.userId }])
    return unit.findUnread(caller, deps.now())
  })

export const markAllRead = (deps: Deps, caller: Caller, upTo: string) =>
  deps.store.transaction(caller, async (unit) => {
    await unit.markReadUpTo(caller.userId, upTo, deps.now())
    wakeReaders(deps, unit, [{ recipientId: caller.userId }])
    return unit.findUnread(caller, deps.now())
  })

/** What came of a notice outside; one still being handed over waits. */
export const listDeliveries = ({ store }: Deps, caller: Caller, noticeId: string): Promise<Delivery[]> =>
  store.transaction(caller, async (unit) => {
    if (!(await unit.findNotice(caller.userId, noticeId))) throw new Failure('not_found')
    return (await unit.listDeliveries(caller.userId, noticeId)).flatMap(({ channel, state, changedAt, attempts }) =>
      channel === null
        ? []
        : [{ channel, state: state === 'sending' ? ('waiting' as const) : state, at: changedAt.toISOString(), attempts }],
    )
  })
