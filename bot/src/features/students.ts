import { addDays } from '@repitbot/contracts/calendar'
import { feature, type MemberContext } from '../feature.ts'
import { listLessons } from '../flows/list-day.ts'
import { lastRow } from '../flows/show-menu.ts'
import { whenOf } from '../rules/lessons.ts'
import { button, inRows, paged, type Screen } from '../rules/screen.ts'
import { long, short } from '../rules/taps.ts'

const studentsMax = 200

export const students = feature({
  command: 'students',
  for: ['admin', 'tutor'],
  open: (context) => listStudents(context, 0),
  taps: { studs: (context, id) => listStudents(context, Number(id)), stud: (context, id) => showStudent(context, long(id)) },
})

async function listStudents(context: MemberContext, page: number): Promise<Screen> {
  const { words, api, pageUrl } = context
  const all = await api.people.list({ role: 'student', limit: studentsMax })
  const { items, pager } = paged(all, page, (to, label) => button(label, 'studs', String(to)))
  return {
    lines: [words.html('students.title'), ...(all.length ? [] : [words.html('students.empty', { url: pageUrl })])],
    rows: [...inRows(items.map(({ userId, name }) => button(name.slice(0, 60), 'stud', short(userId)))), ...pager, ...lastRow(context)],
  }
}

/** A student: the next lesson, the level, and what can be done. */
async function showStudent(context: MemberContext, studentId: string): Promise<Screen> {
  const { words, wall, api, today, now } = context
  const [person, ahead, progress] = await Promise.all([
    api.people.get({ userId: studentId }),
    listLessons(context, today, addDays(today, 30), studentId),
    api.students.progress({ studentId }),
  ])
  const next = ahead.find(({ status, startsAt }) => !status.startsWith('cancelled') && Date.parse(startsAt) > now.getTime())
  const id = short(studentId)
  const can = [
    button(words.text('commands.add_lesson.button'), 'plan', id),
    button(words.text('commands.invite.button'), 'inv', id),
    button(words.text('commands.progress.button'), 'prog', id),
  ]
  return {
    lines: [
      words.html('progress.title', { name: person.name }),
      words.html(person.signsIn ? 'students.signsIn' : 'students.notIn'),
      next ? words.html('students.next', { when: whenOf(next, wall) }) : words.html('students.noNext'),
      ...(progress.gameOn ? [words.html('students.level', { level: progress.level, xp: progress.totalXp })] : []),
    ],
    rows: [...inRows(can), ...lastRow(context, button(words.text('back'), 'go', 'students'))],
  }
}
