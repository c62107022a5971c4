import { randomUUIDv7 } from 'node:crypto'
import type { Broadcast, BroadcastPreview, BroadcastReport, NewBroadcast } from '@repitbot/contracts/broadcast'
import type { Caller } from '@repitbot/contracts/endpoint'
import type { Language } from '@repitbot/contracts/people'
import { Failure } from '@repitbot/kit/failure'
import type { Deps } from '../deps.ts'
import { audienceOf, direct } from '../rules/draft.ts'
import { render } from '../rules/render.ts'
import { sendNotices } from './tell-people.ts'

/** Whom it would reach and how, and how it reads; a tutor speaks to no tutors. */
export const previewBroadcast = ({ store, channels }: Deps, caller: Caller, message: NewBroadcast): Promise<BroadcastPreview> =>
  store.transaction(caller, async (unit) => {
    const people = await unit.listAudience(caller, message.roles)
    const reaches = (name: string) => people.filter((one) => channels.some((channel) => channel.name === name && channel.addressOf(one)))
    const from = (await unit.findCard(caller.userId))?.name ?? ''
    const text = (language: Language) => {
      const notice = { code: 'broadcast', audience: 'parent', params: { from, text: message.text }, studentName: null } as const
      const { title, body } = render(notice, { language, zone: 'UTC' })
      return { language, title, body }
    }
    const [telegram, email] = [reaches('telegram'), reaches('email')]
    const inboxOnly = people.filter((one) => !telegram.includes(one) && !email.includes(one)).length
    return {
      recipients: people.length,
      byChannel: { telegram: telegram.length, email: email.length, inboxOnly },
      texts: (['ru', 'en'] as const).map(text),
    }
  })

export const sendBroadcast = (deps: Deps, caller: Caller, message: NewBroadcast): Promise<Broadcast> =>
  deps.store.transaction(caller, async (unit) => {
    const now = deps.now()
    const people = await unit.listAudience(caller, message.roles)
    const made = { id: randomUUIDv7(), byId: caller.userId, ...message, recipients: people.length, createdAt: now.toISOString() }
    await unit.insertBroadcast(caller, made)
    const from = (await unit.findCard(caller.userId))?.name ?? ''
    const source = { schoolId: caller.schoolId, correlationId: deps.correlationId() }
    const drafts = people.map((one) =>
      direct(
        'broadcast',
        source,
        {
          ...{ recipientId: one.userId, audience: audienceOf(one.role), params: { from, text: message.text } },
          ...{ entity: made.id, version: one.userId, link: { kind: 'broadcast', id: made.id } },
        },
        now,
      ),
    )
    await sendNotices(deps, unit, drafts)
    return made
  })

export const listBroadcasts = ({ store }: Deps, caller: Caller): Promise<Broadcast[]> =>
  store.transaction(caller, (unit) => unit.listBroadcasts(caller))

export const reportBroadcast = ({ store }: Deps, caller: Caller, id: string): Promise<BroadcastReport> =>
  store.transaction(caller, async (unit) => {
    const [broadcast] = await unit.listBroadcasts(caller, id)
    if (!broadcast) throw new Failure('not_found')
    const rows = await unit.listReached(id)
    const counts = Object.fromEntries(['sent', 'uncertain', 'waiting', 'blocked', 'failed', 'expired', 'inbox'].map((state) => [state, 0]))
    for (const { state } of rows) counts[state] = (counts[state] ?? 0) + 1
    return { ...broadcast, counts: counts as BroadcastReport['counts'], rows }
  })
