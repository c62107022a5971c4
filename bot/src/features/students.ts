import { addDays } from '@repitbot/contracts/calendar'
import { feature, type MemberContext } from '../feature.ts'
import { listLessons } from '../flows/list-day.ts'
import { listStudents, named, studentChoice } from '../flows/list-students.ts'
import { lastRow } from '../flows/show-menu.ts'
import { whenOf } from '../rules/lessons.ts'
import { button, inRows, type Screen } from '../rules/screen.ts'
import { long, short } from '../rules/taps.ts'

export const students = feature({
  command: 'students',
  for: ['admin', 'tutor'],
  open: (context, text) => showStudents(context, 0, text),
  taps: {
    studs: (context, id) => showStudents(context, Number(id)),
    stud: (context, id) => showStudent(context, long(id)),
  },
  /** Text outside a dialogue is a part of a student's name. */
  write: async (context, text) => (named(await listStudents(context), text).length ? showStudents(context, 0, text) : undefined),
})

/** A page of all students; with a text the first of those whose names have it. */
async function showStudents(context: MemberContext, page: number, find = ''): Promise<Screen> {
  const { words, pageUrl } = context
  const { lines, rows } = await studentChoice(context, { page, find }, (label, choice) => {
    const [verb, value] = choice.split(':')
    return verb === 'who' ? button(label, 'stud', value) : button(label, 'studs', value)
  })
  return {
    lines: [words.html('students.title'), ...(rows.length ? lines : [words.html('students.empty', { url: pageUrl })])],
    rows: [...rows, ...lastRow(context)],
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
