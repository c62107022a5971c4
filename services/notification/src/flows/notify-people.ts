import type { NoticeCode } from '@repitbot/contracts/texts/ru/notification'
import type { Deps, Unit } from '../deps.ts'
import { type Draft, mergeDrafts, onlyNew, type Source, toDrafts } from '../rules/draft.ts'
import type { About } from '../rules/notice.ts'
import { rowOf } from '../rules/notices.ts'
import { type EndedNotice, withoutUnneeded } from '../rules/voids.ts'

/** The notices of one code that one event or job asks for. */
export type NoticeRequest = { code: NoticeCode; source: Source; abouts: About[] }

/** Saves the notices of a whole batch in a few statements: for students, their parents and tutors, and admins, as the row of each code says. */
export async function notifyPeople(deps: Deps, unit: Unit, requests: NoticeRequest[], ended: EndedNotice[] = []): Promise<void> {
  const students = requests.flatMap(({ abouts }) => abouts.map(({ studentId }) => studentId))
  if (!students.length) return
  const now = deps.now()
  const { parents, payers } = await unit.listParentsOf(students)
  const admins = requests.some(({ code }) => rowOf(code).to.includes('admin')) ? await unit.listAdmins() : undefined
  const drafts = requests.flatMap(({ code, source, abouts }) =>
    toDrafts(code, source, abouts, { to: rowOf(code).to, parents, payers, admins, now }),
  )
  await unit.saveNotices(await dropRepeats(unit, withoutUnneeded(mergeDrafts(drafts), ended)), now)
}

/** A corrected report is not sent to people for whom it says the same as before. */
async function dropRepeats(unit: Unit, drafts: Draft[]): Promise<Draft[]> {
  const earlierCodes = ({ code }: Draft) => rowOf(code).unlessRepeating
  const mayRepeat = drafts.filter(earlierCodes)
  const others = drafts.filter((draft) => !earlierCodes(draft))
  if (!mayRepeat.length) return drafts
  const beginnings = new Set(mayRepeat.flatMap((draft) => (earlierCodes(draft) ?? []).map((code) => `${code}:${draft.link.id}:`)))
  return [...others, ...onlyNew(mayRepeat, await unit.listEarlier([...beginnings]))]
}
