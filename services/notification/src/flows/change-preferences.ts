import { randomUUIDv7 } from 'node:crypto'
import type { Caller } from '@repitbot/contracts/endpoint'
import type { Channel } from '@repitbot/contracts/person-card'
import type { StoredPreferences } from '@repitbot/contracts/preferences'
import { checkVersion, Failure } from '@repitbot/kit/failure'
import type { Deps } from '../deps.ts'
import { audienceOf, direct } from '../rules/draft.ts'
import { applyChange, type PreferencesChange } from '../rules/preferences.ts'
import { readUnsubscribeToken } from './unsubscribe-tokens.ts'

type Change = PreferencesChange & { version: number }
/** The same change again changes nothing, so it is no conflict. */
export const changePreferences = ({ store }: Deps, caller: Caller, { version, ...change }: Change): Promise<StoredPreferences> =>
  store.changePreferences(caller, (before) => {
    const next = applyChange(before, change)
    if (next !== before) checkVersion(before, version)
    return next
  })

/** Needs no sign-in: the token of a letter is the proof, and it can do nothing else. */
export async function stopBulkEmail({ store, unsubscribeKey }: Deps, token: string): Promise<void> {
  const of = readUnsubscribeToken(unsubscribeKey, token)
  if (!of) throw new Failure('link_not_valid')
  await store.changePreferences(of, (before) => applyChange(before, { bulkEmail: false }))
}

export const listChannels = async ({ store, channels }: Deps, caller: Caller) => ({
  configured: channels.map(({ name }) => name),
  blocked: await store.listClosedChannels(caller),
})

/** A message to oneself by one channel and no other. It is stored as a notice, so that its delivery can be watched in the inbox. */
export async function testChannel({ store, channels, now, correlationId }: Deps, caller: Caller, name: Channel): Promise<void> {
  const card = await store.findCard(caller)
  const channel = channels.find((one) => one.name === name)
  if (!card || !channel?.addressOf(card)) throw new Failure('no_such_channel')
  const { userId, schoolId, role } = caller
  const at = now()
  const draft = direct(
    'channel_test',
    { schoolId, correlationId: correlationId() },
    {
      recipientId: userId,
      audience: audienceOf(role),
      params: {},
      entity: userId,
      version: randomUUIDv7(),
      link: { kind: 'person', id: userId },
    },
    at,
  )
  await store.saveNotices(caller, [draft], { now: at, channel: name })
}
