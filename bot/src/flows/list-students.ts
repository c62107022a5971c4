import type { MemberContext, PickButton } from '../feature.ts'
import { type Button, inRows, paged } from '../rules/screen.ts'
import { short } from '../rules/taps.ts'
import { readAll } from './read-all.ts'

export type Student = { userId: string; name: string }
/** Which part of the students is shown: a page of them, or of those whose names have this text in them. */
export type Shown = { page?: number; find?: string }

const perRequest = 200
/** A school of several pages is read once for this long, or turning the pages of a list would use up the person's requests. */
const rememberedMs = 30_000
const rememberedMax = 50
const remembered = new Map<string, { students: Student[]; until: number }>()

/** All students whom the person may see, by their names. */
export async function listStudents({ api, me, words }: MemberContext): Promise<Student[]> {
  const found = remembered.get(me.userId)
  if (found && found.until > Date.now()) return found.students
  const all = await readAll<Student>(async (after) => {
    const items = await api.people.list({ role: 'student', limit: perRequest, after })
    return { items, next: items.length === perRequest ? items.at(-1)?.userId : null }
  })
  const byName = new Intl.Collator(words.language, { sensitivity: 'base', numeric: true })
  const students = all.map(({ userId, name }) => ({ userId, name })).toSorted((a, b) => byName.compare(a.name, b.name))
  remembered.delete(me.userId)
  if (students.length >= perRequest) {
    if (remembered.size >= rememberedMax) remembered.delete(remembered.keys().next().value ?? '')
    remembered.set(me.userId, { students, until: Date.now() + rememberedMs })
  }
  return students
}

/** Another page; the first one from the button that shows all again. */
export const turnPage = <D extends Shown>(data: D, to: string): D =>
  to === 'all' ? { ...data, page: 0, find: undefined } : { ...data, page: Number(to) }

const plain = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim()
/** Those whose names have the typed text in them, in any case, and accents do not matter. */
export const named = (students: Student[], text: string): Student[] => students.filter(({ name }) => plain(name).includes(plain(text)))

/** The buttons to choose a student by, and a line that says how to find one where there are many. */
export async function studentChoice(
  context: MemberContext,
  { page = 0, find = '' }: Shown,
  pick: PickButton,
): Promise<{ lines: string[]; rows: Button[][] }> {
  const { words } = context
  const all = await listStudents(context)
  const { items, pager } = paged(named(all, find), page, (to, label) => pick(label, `page:${to}`))
  const rows = [...inRows(items.map(({ userId, name }) => pick(name, `who:${short(userId)}`))), ...pager]
  if (!find) return { lines: pager.length ? [words.html('students.howToFind')] : [], rows }
  return {
    lines: [words.html(items.length ? 'students.found' : 'students.notFound', { text: find })],
    rows: [...rows, [pick(words.text('students.all'), 'page:all')]],
  }
}
