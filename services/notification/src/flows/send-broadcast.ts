import { randomUUIDv7 } from 'node:crypto'
import type { Broadcast, BroadcastPreview, BroadcastReport, NewBroadcast } from '@repitbot/contracts/broadcast'
import type { Caller } from '@repitbot/contracts/endpoint'
import type { Language } from '@repitbot/contracts/person-card'
import type { Deps } from '../deps.ts'
import { planBroadcast } from '../rules/broadcast.ts'
import { render } from '../rules/render.ts'

/** How many people it would reach by which channel, and how it reads. A tutor's broadcast never goes to tutors. */
export async function previewBroadcast({ store, channels }: Deps, caller: Caller, message: NewBroadcast): Promise<BroadcastPreview> {
  const { people, senderName } = await store.getAudience(caller, message.roles)
  const reachedBy = (name: string) => people.filter((one) => channels.some((channel) => channel.name === name && channel.addressOf(one)))
  const renderIn = (language: Language) => {
    const notice = { code: 'broadcast', audience: 'parent', params: { from: senderName, text: message.text }, studentName: null } as const
    const { title, body } = render(notice, { language, zone: 'UTC' })
    return { language, title, body }
  }
  const [telegram, email] = [reachedBy('telegram'), reachedBy('email')]
  const others = people.filter((one) => !telegram.includes(one) && !email.includes(one))
  const notJoined = others.filter(({ signsIn }) => signsIn === false).length
  return {
    recipients: people.length,
    byChannel: { telegram: telegram.length, email: email.length, inboxOnly: others.length - notJoined, notJoined },
    texts: (['ru', 'en'] as const).map(renderIn),
  }
}

export function sendBroadcast(deps: Deps, caller: Caller, message: NewBroadcast): Promise<Broadcast> {
  const source = { schoolId: caller.schoolId, correlationId: deps.correlationId() }
  const sending = { id: randomUUIDv7(), byId: caller.userId, message, source, now: deps.now() }
  return deps.store.saveBroadcast(caller, message.roles, (audience) => planBroadcast(audience, sending))
}

export async function reportBroadcast({ store }: Deps, caller: Caller, id: string): Promise<BroadcastReport> {
  const { broadcast, rows } = await store.getBroadcast(caller, id)
  const counts = Object.fromEntries(
    ['sent', 'uncertain', 'waiting', 'blocked', 'failed', 'expired', 'inbox', 'notJoined'].map((state) => [state, 0]),
  )
  for (const { state } of rows) counts[state] = (counts[state] ?? 0) + 1
  return { ...broadcast, counts: counts as BroadcastReport['counts'], rows }
}
