import { Button, Modal, NativeSelect, Stack, Textarea, TextInput } from '@mantine/core'
import type { Attendance, Lesson, LessonReport } from '@repitbot/contracts/lesson'
import { useState } from 'react'
import type { z } from 'zod'
import { Form } from './form.tsx'
import { lessons, queries } from './session.ts'
import { tell } from './toast.tsx'
import { useWords } from './words.ts'

export type HeldLesson = z.output<typeof Lesson>
const kinds: Attendance[] = ['attended', 'excused', 'unexcused']

/** The sheet between two taps: everybody attended unless said otherwise, and all else may stay empty. */
export function Report({ lesson, close }: { lesson: HeldLesson; close: () => void }) {
  const t = useWords()
  const held = lesson.status === 'completed'
  const [key] = useState(() => crypto.randomUUID())
  const reopen = async () => {
    await lessons.reopen({ lessonId: lesson.id })
    await queries.invalidateQueries()
    tell({ text: t('reopened') })
  }
  const lost = () => tell({ text: t('lost') })
  const send = async (values: Record<string, string>) => {
    const report = { lessonId: lesson.id, ...reportOf(lesson, values) }
    if (held) await lessons.correct(report)
    else await lessons.complete(report, { idempotencyKey: key })
    void queries.invalidateQueries()
    close()
    tell({ text: t('reported'), undo: () => void reopen().catch(lost) })
  }
  return (
    <Modal opened onClose={close} title={t('report')} closeButtonProps={{ 'aria-label': t('close') }} transitionProps={{ duration: 0 }}>
      <Stack>
        <Form act={held ? t('save') : t('done')} send={send}>
          {({ errors }) => (
            <>
              {lesson.students.map((seat) => (
                <Stack key={seat.studentId} gap="xs">
                  <NativeSelect
                    name={`attendance-${seat.studentId}`}
                    label={seat.name}
                    defaultValue={seat.attendance ?? 'attended'}
                    data={kinds.map((value) => ({ value, label: t(`attendance_${value}`) }))}
                  />
                  <NativeSelect
                    name={`grade-${seat.studentId}`}
                    label={`${t('grade')}: ${seat.name}`}
                    defaultValue={seat.grade ? gradeKey(seat.grade) : ''}
                    data={[{ value: '', label: t('noGrade') }, ...gradesFor(seat.grade)]}
                  />
                </Stack>
              ))}
              <TextInput name="topic" label={t('topic')} maxLength={200} defaultValue={lesson.topic} error={errors.topic} />
              <Textarea
                name="note"
                label={t('noteToFamily')}
                maxLength={2000}
                autosize
                minRows={2}
                defaultValue={lesson.note}
                error={errors.note}
              />
            </>
          )}
        </Form>
        <Button variant="default" onClick={close}>
          {t('close')}
        </Button>
      </Stack>
    </Modal>
  )
}

type Given = { scale: 'five' | 'percent' | 'hundred' | 'pass'; value: number }
const gradeKey = ({ scale, value }: Given) => `${scale}:${value}`
/** One to five, and what stands there on another scale, so that a correction loses nothing. */
const gradesFor = (given?: Given) => {
  const five = [5, 4, 3, 2, 1].map((value) => ({ value: `five:${value}`, label: String(value) }))
  return given && given.scale !== 'five' ? [...five, { value: gradeKey(given), label: `${given.value} (${given.scale})` }] : five
}

/** Fields that the sheet does not show stay as they were. */
function reportOf(lesson: HeldLesson, values: Record<string, string>): LessonReport {
  const text = (name: string) => values[name]?.trim() || undefined
  return {
    topic: text('topic'),
    note: text('note'),
    privateNote: lesson.privateNote,
    students: lesson.students.map(({ studentId, minutes }) => {
      const attendance = kinds.find((kind) => kind === values[`attendance-${studentId}`]) ?? 'attended'
      const [scale, value] = (values[`grade-${studentId}`] ?? '').split(':')
      const grade = scale && attendance === 'attended' ? { scale: scale as Given['scale'], value: Number(value) } : undefined
      return { studentId, attendance, minutes: attendance === 'attended' ? minutes : undefined, grade }
    }),
  }
}
