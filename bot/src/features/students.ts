import { addDays } from '@repitbot/contracts/calendar'
import { feature, type Signed } from '../feature.ts'
import { listLessons } from '../flows/list-day.ts'
import { lastRow } from '../flows/show-menu.ts'
import { whenOf } from '../rules/lessons.ts'
import { button, inRows, paged, type Screen } from '../rules/screen.ts'
import { long, short } from '../rules/taps.ts'

const studentsMax = 200

export const students = feature({
  command: 'students',
  for: ['admin', 'tutor'],
  open: (talk) => list(talk, 0),
  taps: { studs: (talk, id) => list(talk, Number(id)), stud: (talk, id) => one(talk, long(id)) },
})

async function list(talk: Signed, page: number): Promise<Screen> {
  const { words, ask, pageUrl } = talk
  const all = await ask.people.list({ role: 'student', limit: studentsMax })
  const { shown, turning } = paged(all, page, (to, label) => button(label, 'studs', String(to)))
  return {
    lines: [words.html('students.title'), ...(all.length ? [] : [words.html('students.empty', { url: pageUrl })])],
    rows: [...inRows(shown.map(({ userId, name }) => button(name.slice(0, 60), 'stud', short(userId)))), ...turning, ...lastRow(talk)],
  }
}

/** A student: when next, how far in the game, and what can be done. */
async function one(talk: Signed, studentId: string): Promise<Screen> {
  const { words, wall, ask, today, now } = talk
  const [person, ahead, progress] = await Promise.all([
    ask.people.get({ userId: studentId }),
    listLessons(talk, today, addDays(today, 30), studentId),
    ask.students.progress({ studentId }),
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
    rows: [...inRows(can), ...lastRow(talk, button(words.text('back'), 'go', 'students'))],
  }
}
