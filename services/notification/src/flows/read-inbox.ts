import type { Caller } from '@repitbot/contracts/endpoint'
import { type Delivery, Notice } from '@repitbot/contracts/inbox'
import { Failure } from '@repitbot/kit/failure'
import { toPage } from '@repitbot/kit/page'
import type { Deps, StoredNotice } from '../deps.ts'
import { type Reader, render } from '../rules/render.ts'
import { reportUnreadable } from './report-unreadable.ts'
import { wakeReaders } from './tell-people.ts'

type Page = { only: 'all' | 'unread'; before?: string; limit: number }

/** A page of the caller's notices in the language and zone they have now. */
export const readInbox = (deps: Deps, caller: Caller, { limit, ...page }: Page) =>
  deps.store.transaction(caller, async (unit) => {
    const reader = await unit.findCard(caller.userId)
    const stored = await unit.listNotices(caller, { ...page, limit: limit + 1, now: deps.now() })
    const { page: notices, last } = toPage(stored, limit)
    return { notices: notices.map((one) => toNotice(deps, one, reader)), next: last?.id ?? null }
  })

/**
 * A notice as its reader sees it. One that cannot be written, or does not fit the contract, is a row with its code for a title: it is logged,
 * and the others are shown.
 */
function toNotice(deps: Deps, stored: StoredNotice, reader: Reader): Notice {
  const { title, body, fault } = render(stored, reader)
  const notice = {
    id: stored.id,
    code: stored.code,
    title,
    body,
    params: stored.params,
    link: stored.link,
    studentId: stored.studentId ?? undefined,
    correlationId: stored.correlationId,
    createdAt: stored.createdAt.toISOString(),
    expiresAt: stored.expiresAt.toISOString(),
    readAt: stored.readAt?.toISOString() ?? null,
  }
  const wrong = fault ?? Notice.safeParse(notice).error
  if (!wrong) return notice
  reportUnreadable(deps, stored, wrong)
  const link = Notice.shape.link.safeParse(stored.link).data ?? { kind: 'broadcast' as const, id: stored.id }
  return { ...notice, title: stored.code, body: '', params: {}, link }
}

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
