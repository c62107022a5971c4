import { type Form, feature, type MemberContext, type Step } from '../feature.ts'
import { readAll } from '../flows/read-all.ts'
import { lastRow } from '../flows/show-menu.ts'
import { namesOf } from '../rules/lessons.ts'
import { awaitInput, type Fault, type Report, takeGrade, takeText, toRequest, turnAttendance } from '../rules/report.ts'
import { button, inRows, paged, type Screen } from '../rules/screen.ts'
import { short } from '../rules/taps.ts'
import { undoId } from '../rules/undo.ts'
import { instantOn } from '../rules/when.ts'
import { lessonScreen } from './lesson-card.ts'

/** A lesson is planned at most a year back, so none is left out. */
const msBack = 367 * 86_400_000
const topicsMax = 4
const marks = { attended: '✅', excused: '🟡', unexcused: '❌' }

const form: Form<Report> = {
  async show(context, data, pick) {
    const { words, wall } = context
    const lesson = await context.api.lessons.get({ lessonId: data.lessonId })
    const { awaits } = data
    const title = words.html('report.title', { subject: lesson.subject, when: instantOn(wall, lesson.startsAt, lesson.zone) }).split('\n')
    if (awaits === 'topic') {
      const topics = await recentTopics(context, data)
      return {
        lines: [...title, '', words.html('report.askTopic')],
        rows: inRows(
          topics.map((topic, at) => pick(topic, `T${at}`)),
          1,
        ),
      }
    }
    if (awaits === 'note') return { lines: [...title, '', words.html('report.askNote')], rows: [] }
    if (awaits) {
      const grades = [5, 4, 3, 2, 1].map((grade) => pick(String(grade), `v${grade}`))
      const name = data.seats[awaits.gradeOf]?.name ?? ''
      return {
        lines: [...title, '', words.html('report.askGrade', { name })],
        rows: [grades, [pick(words.text('report.ungraded'), 'v0')]],
      }
    }
    const isPlain = !data.correcting && data.seats.every(({ attendance }) => attendance === 'attended')
    const { items, pager } = paged([...data.seats.entries()], data.page ?? 0, (to, label) => pick(label, `p${to}`))
    const seats = items.map(([at, { name, attendance, grade }]) => [
      pick(words.text('report.seat', { mark: marks[attendance], name }), `a${at}`),
      ...(attendance === 'attended'
        ? [pick(words.text('report.grade', { name, grade: grade?.value ?? words.text('report.noGrade') }), `g${at}`)]
        : []),
    ])
    const plainLabel = data.seats.length > 1 ? 'report.allAttended' : 'report.attended'
    const seatLines = data.seats.map(({ name, attendance, grade }) =>
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
      lines: [...title, '', ...seatLines, ...rest],
      rows: [
        [pick(words.text(isPlain ? plainLabel : 'report.save'), 's')],
        ...seats,
        ...pager,
        [pick(words.text('report.topic'), 't'), pick(words.text('report.note'), 'n')],
      ],
    }
  },
  async choose(context, data, choice) {
    const at = Number(choice.slice(1))
    if (choice === 's') return saveReport(context, data)
    if (choice === 'back') {
      if (data.awaits) return { data: awaitInput(data, undefined) }
      return { leave: lessonScreen(context, await context.api.lessons.get({ lessonId: data.lessonId })) }
    }
    if (choice === 't') return { data: awaitInput(data, 'topic') }
    if (choice.startsWith('p')) return { data: { ...data, page: at } }
    if (choice === 'n') return { data: awaitInput(data, 'note') }
    if (choice.startsWith('T'))
      return toStep(takeText(awaitInput(data, 'topic'), (await recentTopics(context, data))[at] ?? '') ?? 'choose')
    if (choice.startsWith('a')) return toStep(turnAttendance(data, at))
    if (choice.startsWith('g')) return data.seats[at] ? { data: awaitInput(data, { gradeOf: at }) } : { fault: 'form.choose' }
    if (choice.startsWith('v')) return toStep(takeGrade(data, at))
    return { fault: 'form.choose' }
  },
  write(_context, data, text) {
    const result = takeText(data, text)
    return result && toStep(result)
  },
}

/** Lessons that wait for their report; done is two taps: the lesson, and that all attended. */
export const done = feature({
  command: 'done',
  for: ['admin', 'tutor'],
  form,
  open: (context) => listUnreported(context, 0),
  taps: { wait: (context, id) => listUnreported(context, Number(id)) },
})

async function listUnreported(context: MemberContext, page: number): Promise<Screen> {
  const { words, wall, now, api } = context
  const between = { from: new Date(now.getTime() - msBack).toISOString(), until: now.toISOString() }
  const unreported = await readAll(async (after) => {
    const { lessons: items, next } = await api.lessons.list({ ...between, state: 'unreported', after, limit: 500 })
    return { items, next }
  })
  const lessons = unreported.toReversed()
  if (!lessons.length) return { lines: [words.html('done.empty')], rows: lastRow(context) }
  const { items, pager } = paged(lessons, page, (to, label) => button(label, 'wait', String(to)))
  const rows = items.map((one) =>
    button(`${instantOn(wall, one.startsAt)} ${namesOf(one)}`, 'rep', `${short(one.id)}.${one.version.toString(36)}`),
  )
  return { lines: words.html('done.title').split('\n'), rows: [...inRows(rows, 1), ...pager, ...lastRow(context)] }
}

async function saveReport(context: MemberContext, data: Report): Promise<Step<Report>> {
  const { api, words, once, now } = context
  const before = await api.lessons.get({ lessonId: data.lessonId })
  const report = { lessonId: data.lessonId, ...toRequest(data, before) }
  // It was reported elsewhere meanwhile: that report is shown, and nothing is overwritten.
  if (before.version !== data.version && before.status === 'completed' && !data.correcting)
    return { leave: { ...lessonScreen(context, before), toast: words.text('stale') } }
  const lesson = data.correcting
    ? await api.lessons.correct({ ...report, version: data.version }, once())
    : await api.lessons.complete(report, once())
  const undo = button(words.text('lesson.undo'), 'undo', undoId(lesson.id, lesson.version, now))
  return {
    leave: {
      ...lessonScreen(context, lesson, [undo]),
      toast: words.text(data.correcting ? 'report.corrected' : 'report.completed'),
    },
  }
}

/** The topics of recent lessons with the first student, the latest first. */
async function recentTopics({ api, now }: MemberContext, { seats }: Report): Promise<string[]> {
  const from = new Date(now.getTime() - 90 * 86_400_000).toISOString()
  const lessons = await readAll(async (after) => {
    const page = await api.lessons.list({ from, until: now.toISOString(), studentId: seats[0]?.studentId, after, limit: 500 })
    return { items: page.lessons, next: page.next }
  })
  return [...new Set(lessons.toReversed().flatMap(({ topic }) => topic ?? []))].slice(0, topicsMax)
}

const toStep = (result: Report | Fault): Step<Report> =>
  typeof result !== 'string' ? { data: result } : { fault: result === 'choose' ? 'form.choose' : `report.${result}` }
