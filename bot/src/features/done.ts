import { addDays } from '@repitbot/contracts/calendar'
import { type Form, feature, type Signed, type Step } from '../feature.ts'
import { listLessons } from '../flows/list-day.ts'
import { lastRow } from '../flows/show-menu.ts'
import { namesOf } from '../rules/lessons.ts'
import { awaiting, type Fault, type Report, sent, takeGrade, takeText, turnAttendance } from '../rules/report.ts'
import { button, inRows, paged, type Screen } from '../rules/screen.ts'
import { short } from '../rules/taps.ts'
import { undoId } from '../rules/undo.ts'
import { instantOn } from '../rules/when.ts'
import { lessonScreen } from './lesson-card.ts'

const daysBack = 14
const topicsMax = 4
const marks = { attended: '✅', excused: '🟡', unexcused: '❌' }

const form: Form<Report> = {
  async show(talk, data, pick) {
    const { words, wall } = talk
    const lesson = await talk.ask.lessons.get({ lessonId: data.lessonId })
    const { awaits } = data
    const title = words.html('report.title', { subject: lesson.subject, when: instantOn(wall, lesson.startsAt, lesson.zone) }).split('\n')
    if (awaits === 'topic') {
      const topics = await recentTopics(talk, data)
      return {
        lines: [...title, '', words.html('report.askTopic')],
        rows: inRows(
          topics.map((topic, at) => pick(topic.slice(0, 60), `T${at}`)),
          1,
        ),
      }
    }
    if (awaits === 'note') return { lines: [...title, '', words.html('report.askNote')], rows: [] }
    if (awaits) {
      const grades = [5, 4, 3, 2].map((grade) => pick(String(grade), `v${grade}`))
      const name = data.seats[awaits.gradeOf]?.name ?? ''
      return {
        lines: [...title, '', words.html('report.askGrade', { name })],
        rows: [grades, [pick(words.text('report.ungraded'), 'v0')]],
      }
    }
    const isPlain = !data.correcting && data.seats.every(({ attendance }) => attendance === 'attended')
    const seats = data.seats.map(({ name, attendance }, at) =>
      pick(words.text('report.seat', { mark: marks[attendance], name }).slice(0, 60), `a${at}`),
    )
    const grades = data.seats.flatMap(({ name, attendance, grade }, at) =>
      attendance === 'attended'
        ? [pick(words.text('report.grade', { name, grade: grade?.value ?? words.text('report.noGrade') }).slice(0, 60), `g${at}`)]
        : [],
    )
    const told = data.seats.map(({ name, attendance, grade }) =>
      words.html(grade ? 'lesson.seatGraded' : 'lesson.seat', {
        name,
        attendance: words.text(`lesson.${attendance}`),
        grade: grade?.value ?? '',
      }),
    )
    const rest = [
      ...(data.topic ? [words.html('lesson.topic', { topic: data.topic })] : []),
      ...(data.note ? [words.html('lesson.note', { note: data.note })] : []),
    ]
    return {
      lines: [...title, '', ...told, ...rest],
      rows: [
        [pick(words.text(isPlain ? 'report.allAttended' : 'report.save'), 's')],
        ...inRows(seats),
        ...inRows(grades),
        [pick(words.text('report.topic'), 't'), pick(words.text('report.note'), 'n')],
      ],
    }
  },
  async choose(talk, data, choice) {
    const at = Number(choice.slice(1))
    if (choice === 's') return saved(talk, data)
    if (choice === 'back') {
      if (data.awaits) return { data: awaiting(data, undefined) }
      return { leave: lessonScreen(talk, await talk.ask.lessons.get({ lessonId: data.lessonId })) }
    }
    if (choice === 't') return { data: awaiting(data, 'topic') }
    if (choice === 'n') return { data: awaiting(data, 'note') }
    if (choice.startsWith('T')) return taken(takeText(awaiting(data, 'topic'), (await recentTopics(talk, data))[at] ?? '') ?? 'choose')
    if (choice.startsWith('a')) return taken(turnAttendance(data, at))
    if (choice.startsWith('g')) return data.seats[at] ? { data: awaiting(data, { gradeOf: at }) } : { fault: 'form.choose' }
    if (choice.startsWith('v')) return taken(takeGrade(data, at))
    return { fault: 'form.choose' }
  },
  write(_talk, data, text) {
    const told = takeText(data, text)
    return told && taken(told)
  },
}

/** Lessons that wait for their report; done is two taps: the lesson, and that all attended. */
export const done = feature({
  command: 'done',
  for: ['admin', 'tutor'],
  form,
  open: (talk) => waiting(talk, 0),
  taps: { wait: (talk, id) => waiting(talk, Number(id)) },
})

async function waiting(talk: Signed, page: number): Promise<Screen> {
  const { words, wall, today, now } = talk
  const lessons = (await listLessons(talk, addDays(today, -daysBack), addDays(today, 1)))
    .filter(
      ({ status, startsAt }) =>
        ['scheduled', 'rescheduled', 'awaiting_confirmation'].includes(status) && Date.parse(startsAt) <= now.getTime(),
    )
    .toReversed()
  if (!lessons.length) return { lines: [words.html('done.empty')], rows: lastRow(talk) }
  const { shown, turning } = paged(lessons, page, (to, label) => button(label, 'wait', String(to)))
  const rows = shown.map((one) =>
    button(`${instantOn(wall, one.startsAt)} ${namesOf(one)}`.slice(0, 60), 'rep', `${short(one.id)}.${one.version.toString(36)}`),
  )
  return { lines: words.html('done.title').split('\n'), rows: [...inRows(rows, 1), ...turning, ...lastRow(talk)] }
}

async function saved(talk: Signed, data: Report): Promise<Step<Report>> {
  const { ask, words, once, now } = talk
  const report = { lessonId: data.lessonId, ...sent(data) }
  const before = await ask.lessons.get({ lessonId: data.lessonId })
  // Reported elsewhere meanwhile: what stands there is shown, and nothing is written over it.
  if (before.version !== data.version && before.status === 'completed' && !data.correcting)
    return { leave: { ...lessonScreen(talk, before), toast: words.text('stale') } }
  const lesson = data.correcting ? await ask.lessons.correct(report, once()) : await ask.lessons.complete(report, once())
  const undo = button(words.text('lesson.undo'), 'undo', undoId(lesson.id, lesson.version, now))
  return {
    leave: {
      ...lessonScreen(talk, lesson, data.correcting ? [] : [undo]),
      toast: words.text(data.correcting ? 'report.corrected' : 'report.completed'),
    },
  }
}

/** What was done with the first student of the lesson lately, the last first. */
async function recentTopics({ ask, now }: Signed, { seats }: Report): Promise<string[]> {
  const from = new Date(now.getTime() - 90 * 86_400_000).toISOString()
  const { lessons } = await ask.lessons.list({ from, until: now.toISOString(), studentId: seats[0]?.studentId })
  return [...new Set(lessons.toReversed().flatMap(({ topic }) => topic ?? []))].slice(0, topicsMax)
}

const taken = (told: Report | Fault): Step<Report> =>
  typeof told !== 'string' ? { data: told } : { fault: told === 'choose' ? 'form.choose' : `report.${told}` }
