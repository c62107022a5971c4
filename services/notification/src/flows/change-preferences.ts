import { randomUUIDv7 } from 'node:crypto'
import type { Caller } from '@repitbot/contracts/endpoint'
import type { Channel } from '@repitbot/contracts/people'
import type { Preferences } from '@repitbot/contracts/preferences'
import { Failure } from '@repitbot/kit/failure'
import type { Deps } from '../deps.ts'
import { audienceOf, direct } from '../rules/draft.ts'
import { wakeReaders } from './tell-people.ts'

type Change = { [K in keyof Preferences]?: Preferences[K] | undefined }
export const changePreferences = ({ store }: Deps, caller: Caller, change: Change): Promise<Preferences> =>
  store.transaction(caller, async (unit) => {
    const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
    const next = { ...(await unit.getPreferences(caller.userId)), ...given }
    await unit.savePreferences(caller, next)
    return next
  })

/** A message to oneself by one channel and no other. It is a notice as any, so that its delivery can be watched in the inbox. */
export const testChannel = (deps: Deps, caller: Caller, name: Channel): Promise<void> =>
  deps.store.transaction(caller, async (unit) => {
    const card = await unit.findCard(caller.userId)
    const channel = deps.channels.find((one) => one.name === name)
    if (!card || !channel?.addressOf(card)) throw new Failure('no_such_channel')
    const now = deps.now()
    const source = { schoolId: caller.schoolId, correlationId: deps.correlationId() }
    const of = { recipientId: caller.userId, audience: audienceOf(caller.role), params: {}, entity: caller.userId, version: randomUUIDv7() }
    const stored = await unit.insertNotices(
      [direct('channel_test', source, { ...of, link: { kind: 'person', id: caller.userId } }, now)],
      now,
    )
    await unit.addDeliveries(
      stored.map((one) => ({ ...one, noticeId: one.id, channel: name, digest: false, dueAt: now })),
      now,
    )
    wakeReaders(deps, unit, stored)
  })
