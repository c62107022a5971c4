import type { NoticeCode } from '@repitbot/contracts/texts/ru/notification'
import type { Deps, Unit } from '../deps.ts'
import { type Draft, draftsOf, mergeDrafts, type Source, withoutOldNews } from '../rules/draft.ts'
import type { About } from '../rules/notice.ts'
import { rowOf } from '../rules/notices.ts'

export type Telling = { code: NoticeCode; source: Source; abouts: About[] }

/** Stores the notices of a whole batch in a few statements, wakes those who watch their inboxes, and hands the new ones to the channels. */
export async function tellPeople(deps: Deps, unit: Unit, tellings: Telling[]): Promise<void> {
  const students = tellings.flatMap(({ abouts }) => abouts.map(({ studentId }) => studentId))
  if (!students.length) return
  const now = deps.now()
  const parents = await unit.parentsOf(students)
  const drafts = tellings.flatMap(({ code, source, abouts }) => draftsOf(code, source, abouts, { to: rowOf(code).to, parents, now }))
  await sendNotices(deps, unit, await withoutRepeats(unit, mergeDrafts(drafts)))
}

/** So long the lessons of a series that change by one request are gathered before the notice leaves. */
const gatherMs = 5_000

/** Stores notices, each once, and lets them leave by the channels. Answers how many were new. */
export async function sendNotices(deps: Deps, unit: Unit, drafts: Draft[]): Promise<number> {
  const now = deps.now()
  const stored = await unit.insertNotices(drafts, now)
  if (deps.channels.length)
    await unit.addDeliveries(
      stored.map(({ id, code, audience, gathers, ...of }) => ({
        ...of,
        noticeId: id,
        digest: rowOf(code).digest?.[audience] !== undefined,
        dueAt: new Date(now.getTime() + (gathers ? gatherMs : 0)),
      })),
      now,
    )
  wakeReaders(deps, unit, stored)
  return stored.length
}

async function withoutRepeats(unit: Unit, drafts: Draft[]): Promise<Draft[]> {
  const saidBefore = ({ code }: Draft) => rowOf(code).unlessRepeating
  const [repeating, fresh] = [drafts.filter(saidBefore), drafts.filter((draft) => !saidBefore(draft))]
  if (!repeating.length) return drafts
  const beginnings = new Set(repeating.flatMap((draft) => (saidBefore(draft) ?? []).map((code) => `${code}:${draft.link.id}:`)))
  return [...fresh, ...withoutOldNews(repeating, await unit.listEarlier([...beginnings]))]
}

/** Once it is committed: a reader woken earlier would look too soon. */
export function wakeReaders({ signals }: Deps, unit: Unit, notices: { recipientId: string }[]): void {
  const recipients = [...new Set(notices.map(({ recipientId }) => recipientId))]
  if (recipients.length) unit.after(() => signals.send('inbox', { recipients }))
}
