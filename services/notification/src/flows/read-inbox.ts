import type { Caller } from '@repitbot/contracts/endpoint'
import { type Delivery, Notice } from '@repitbot/contracts/inbox'
import { toPage } from '@repitbot/kit/page'
import type { Deps, StoredNotice } from '../deps.ts'
import { type Reader, render } from '../rules/render.ts'
import { reportUnreadable } from './report-unreadable.ts'

type Page = { only: 'all' | 'unread'; before?: string; limit: number }

/** A page of the caller's notices in the language and zone they have now. */
export async function readInbox(deps: Deps, caller: Caller, { limit, ...page }: Page) {
  const { reader, notices: stored } = await deps.store.listInbox(caller, { ...page, limit: limit + 1, now: deps.now() })
  const { page: notices, last } = toPage(stored, limit)
  return { notices: notices.map((one) => toNotice(deps, one, reader)), next: last?.id ?? null }
}

/**
 * A notice as its reader sees it. One that cannot be rendered, or does not fit the contract, has its code as the title: it is logged, and
 * the others are shown.
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
  const error = fault ?? Notice.safeParse(notice).error
  if (!error) return notice
  reportUnreadable(deps, stored, error)
  const link = Notice.shape.link.safeParse(stored.link).data ?? { kind: 'broadcast' as const, id: stored.id }
  return { ...notice, title: stored.code, body: '', params: {}, link }
}

export const countUnread = ({ store, now }: Deps, caller: Caller) => store.getUnread(caller, now())

export const markRead = ({ store, now }: Deps, caller: Caller, noticeId: string) => store.markRead(caller, noticeId, now())

export const markAllRead = ({ store, now }: Deps, caller: Caller, upTo: string) => store.markAllRead(caller, upTo, now())

/** The deliveries whose channel is chosen; one that is being sent is shown as waiting. */
export async function listDeliveries({ store }: Deps, caller: Caller, noticeId: string): Promise<Delivery[]> {
  const deliveries = await store.listDeliveries(caller, noticeId)
  return deliveries.flatMap(({ channel, state, changedAt, attempts }) =>
    channel === null ? [] : [{ channel, state: state === 'sending' ? ('waiting' as const) : state, at: changedAt.toISOString(), attempts }],
  )
}
