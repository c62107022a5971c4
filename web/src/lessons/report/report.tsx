import './report.css'
import { Button, Group, SegmentedControl, Stack, Text, Textarea, TextInput } from '@mantine/core'
import type { Attendance, LessonReport } from '@repitbot/contracts/lesson'
import { type FormEvent, useState } from 'react'
import { attemptKey } from '../../once.ts'
import { momentText } from '../../time.ts'
import { type Draft, Restored, useDraft } from '../../ui/draft.tsx'
import { ErrorAlert, fieldErrors } from '../../ui/error-alert.tsx'
import { faultsIn } from '../../ui/field-faults.ts'
import { useWords } from '../../words.ts'
import { reportLesson } from '../lesson-acts.ts'
import { isCompleted, type StaffLesson, topicsOf } from '../lessons.ts'
import type { ReportDraft, SeatDraft, SheetProps } from '../opened.ts'
import { GradeField, givenGrade, usualScale } from './grades.tsx'

const kinds: Attendance[] = ['attended', 'excused', 'unexcused']
const topicsShown = 3

/** The report of a lesson: everybody attended unless changed, and all other fields may stay empty. */
export function Report({ lesson, loaded, who, open, opened }: SheetProps) {
  const t = useWords()
  const completed = isCompleted(lesson)
  const [key] = useState(() => attemptKey())
  const typed = useDraft(`report-${completed ? 'correction-' : ''}${lesson.id}`, draftOf(lesson))
  const { draft, change, forget } = typed
  const [faults, setFaults] = useState<Record<string, string>>({})
  const errors = { ...fieldErrors(opened.error), ...faults }
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const found = faultsIn(event.currentTarget)
    setFaults(found)
    if (Object.keys(found).length > 0) return
    open(undefined)
    // The draft is still there when it is refused: the sheet comes back with it and the reason.
    await reportLesson(lesson, reportOf(lesson, draft), key).then(forget, (error) => open({ lesson, view: 'report', error }))
  }
  const seatChange = (studentId: string) => (some: Partial<SeatDraft>) =>
    change(({ seats }) => {
      const seat = seats[studentId]
      return seat ? { seats: { ...seats, [studentId]: { ...seat, ...some } } } : {}
    })
  return (
    <form noValidate onSubmit={(event) => void send(event)}>
      <Stack>
        <Text size="sm" className="dimmed">
          {lesson.subject}, {momentText(lesson.startsAt, who.card.zone)}
        </Text>
        <Restored {...typed} />
        <ErrorAlert error={opened.error} />
        {lesson.students.map(({ studentId, name }, index) => {
          const seat = draft.seats[studentId]
          return (
            seat && (
              <SeatFields
                key={studentId}
                seat={seat}
                name={name}
                field={`students.${index}.grade.value`}
                error={errors[`students.${index}.grade.value`]}
                change={seatChange(studentId)}
              />
            )
          )
        })}
        <Topic draft={draft} change={change} error={errors.topic} topics={topicsOf(loaded, lesson)} />
        <Textarea
          label={t('noteToFamily')}
          maxLength={2000}
          autosize
          minRows={2}
          maxRows={6}
          value={draft.note}
          error={errors.note}
          onChange={({ currentTarget: { value: note } }) => change({ note })}
        />
      </Stack>
      <div className="sheet-foot">
        <Button type="submit" size="md" fullWidth data-autofocus>
          {completed ? t('save') : t('done')}
        </Button>
      </div>
    </form>
  )
}

function SeatFields({
  seat,
  name,
  field,
  error,
  change,
}: {
  seat: SeatDraft
  name: string
  field: string
  error?: string
  change: (to: Partial<SeatDraft>) => void
}) {
  const t = useWords()
  return (
    <fieldset className="seat">
      <legend>{name}</legend>
      <Stack gap="xs">
        <SegmentedControl
          fullWidth
          aria-label={t('attendance')}
          data={kinds.map((value) => ({ value, label: t(`attendanceShort_${value}`) }))}
          value={seat.attendance}
          onChange={(to) => change({ attendance: kinds.find((kind) => kind === to) ?? 'attended' })}
          transitionDuration={0}
        />
        {seat.attendance === 'attended' && <GradeField seat={seat} name={name} field={field} error={error} change={change} />}
      </Stack>
    </fieldset>
  )
}

type TopicProps = Pick<Draft<ReportDraft>, 'draft' | 'change'> & { error?: string; topics: string[] }
function Topic({ draft, change, error, topics }: TopicProps) {
  const t = useWords()
  const offered = topics.filter((topic) => topic !== draft.topic).slice(0, topicsShown)
  return (
    <Stack gap={6}>
      <TextInput
        label={t('topic')}
        maxLength={200}
        value={draft.topic}
        error={error}
        onChange={(event) => change({ topic: event.currentTarget.value })}
      />
      {offered.length > 0 && (
        <Group gap={6} role="group" aria-label={t('lastTopics')}>
          {offered.map((topic) => (
            <Button key={topic} size="compact-sm" variant="default" className="chip" onClick={() => change({ topic })}>
              {topic}
            </Button>
          ))}
        </Group>
      )}
    </Stack>
  )
}

const draftOf = ({ students, topic = '', note = '' }: StaffLesson): ReportDraft => ({
  topic,
  note,
  seats: Object.fromEntries(
    students.map(({ studentId, attendance = 'attended', grade }) => [
      studentId,
      { attendance, scale: grade?.scale ?? usualScale(), value: grade ? String(grade.value) : '' },
    ]),
  ),
})

/** Fields that the sheet does not have stay as they were. */
function reportOf(lesson: StaffLesson, { seats, topic, note }: ReportDraft): LessonReport {
  return {
    topic: topic.trim() || undefined,
    note: note.trim() || undefined,
    privateNote: lesson.privateNote,
    students: lesson.students.map(({ studentId, minutes }) => {
      const seat = seats[studentId]
      const attendance = seat?.attendance ?? 'attended'
      return {
        studentId,
        attendance,
        minutes: attendance === 'attended' ? minutes || undefined : undefined,
        grade: seat && givenGrade(seat),
      }
    }),
  }
}
