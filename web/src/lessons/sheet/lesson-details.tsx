import { Anchor, Button, Group, Stack, Text } from '@mantine/core'
import { moneyText } from '@repitbot/contracts/money'
import { IconArrowBackUp, IconBan, IconCalendarShare, IconCheck, IconCoinOff, IconEdit, IconPencil, IconVideo } from '@tabler/icons-react'
import { useState } from 'react'
import { dateText, momentText, spanText } from '../../time.ts'
import { ErrorAlert } from '../../ui/error-alert.tsx'
import { language, useWords } from '../../words.ts'
import { Badges } from '../badges.tsx'
import { reopenLesson, restoreLesson, waiveCharge } from '../lesson-acts.ts'
import { isCancelled, isCompleted, isOfAnother, isOpen, type StaffLesson, startOf } from '../lessons.ts'
import type { SheetProps } from '../opened.ts'
import { gradeText } from '../report/grades.tsx'

/** So long a charge can be waived, and a cancelled lesson brought back. */
const waiveMs = 7 * 86_400_000

/** What is known of a lesson, and its next steps. */
export function LessonDetails({ lesson, who, open }: SheetProps) {
  const t = useWords()
  const { startsAt, minutes, subject, topic, note, videoUrl, movedFrom, tutorName } = lesson
  const zone = who.card.zone
  return (
    <Stack gap="md">
      <Stack gap={4}>
        <Text fw={700} size="lg">
          {dateText(startsAt, zone)}, {spanText(startsAt, minutes, zone)}
        </Text>
        <Badges lesson={lesson} />
        {movedFrom && <Text size="sm">{t('movedFrom', { when: momentText(movedFrom, zone) })}</Text>}
        <Text>{isOfAnother(lesson, who.card) ? `${subject}, ${tutorName}` : subject}</Text>
        {topic && <Text size="sm">{t('topicIs', { topic })}</Text>}
        {note && <Text size="sm">{t('noteIs', { note })}</Text>}
        {videoUrl && (
          <Anchor href={videoUrl} target="_blank" rel="noreferrer" className="join">
            <IconVideo size={16} aria-hidden /> {t('join')}
          </Anchor>
        )}
      </Stack>
      <Seats lesson={lesson} />
      <Cancelled lesson={lesson} zone={zone} />
      <Steps lesson={lesson} open={open} />
    </Stack>
  )
}

function Seats({ lesson }: { lesson: StaffLesson }) {
  const t = useWords()
  return (
    <ul className="seats bare">
      {lesson.students.map(({ studentId, name, priceMinor, currency, attendance, grade }) => (
        <li key={studentId}>
          <Text fw={500}>{name}</Text>
          <Text size="sm" className="dimmed">
            {[attendance && t(`attendanceShort_${attendance}`), grade && gradeText(grade), moneyText(priceMinor, currency, language.get())]
              .filter(Boolean)
              .join(' · ')}
          </Text>
        </li>
      ))}
    </ul>
  )
}

function Cancelled({ lesson: { cancellation, students }, zone }: { lesson: StaffLesson; zone: string }) {
  const t = useWords()
  if (!cancellation) return null
  const { at, reason, chargePercent, makeUpCredit } = cancellation
  return (
    <Text size="sm">
      {t('cancelledAt', { when: momentText(at, zone) })}
      {reason && ` ${reason}.`} {chargePercent > 0 && t('chargedPercent', { percent: chargePercent })}{' '}
      {makeUpCredit && t(students.every(({ madeUpBy }) => madeUpBy) ? 'makeUpPlanned' : 'makeUpGiven')}
    </Text>
  )
}

function Steps({ lesson, open }: Pick<SheetProps, 'lesson' | 'open'>) {
  const t = useWords()
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const completed = isCompleted(lesson)
  const begun = startOf(lesson) <= Date.now()
  const act = async (work: () => Promise<void>) => {
    setBusy(true)
    setError(undefined)
    await work().catch(setError)
    setBusy(false)
  }
  const { status, cancellation } = lesson
  const restorable = cancellation && Date.now() - Math.max(startOf(lesson), Date.parse(cancellation.at)) < waiveMs
  const waivable = status === 'cancelled_chargeable' && cancellation && Date.now() - Date.parse(cancellation.at) < waiveMs
  return (
    <Stack gap="xs">
      <ErrorAlert error={error} />
      {!isCancelled(lesson) && (begun || completed) && (
        <Button
          leftSection={completed ? <IconPencil size={18} aria-hidden /> : <IconCheck size={18} aria-hidden />}
          onClick={() => open({ lesson, view: 'report' })}
        >
          {completed ? t('correct') : t('done')}
        </Button>
      )}
      {completed && (
        <Button
          variant="default"
          loading={busy}
          leftSection={<IconArrowBackUp size={18} aria-hidden />}
          onClick={() => void act(() => reopenLesson(lesson))}
        >
          {t('reopen')}
        </Button>
      )}
      {isOpen(lesson) && (
        <Group grow gap="xs">
          <Button variant="default" leftSection={<IconEdit size={18} aria-hidden />} onClick={() => open({ lesson, view: 'change' })}>
            {t('change')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconCalendarShare size={18} aria-hidden />}
            onClick={() => open({ lesson, view: 'move' })}
          >
            {t('move')}
          </Button>
          <Button variant="default" leftSection={<IconBan size={18} aria-hidden />} onClick={() => open({ lesson, view: 'cancel' })}>
            {t('callOff')}
          </Button>
        </Group>
      )}
      {restorable && (
        <Button
          variant="default"
          loading={busy}
          leftSection={<IconArrowBackUp size={18} aria-hidden />}
          onClick={() => void act(() => restoreLesson(lesson))}
        >
          {t('restoreLesson')}
        </Button>
      )}
      {waivable && (
        <Button loading={busy} leftSection={<IconCoinOff size={18} aria-hidden />} onClick={() => void act(() => waiveCharge(lesson))}>
          {t('waive', { percent: cancellation.chargePercent })}
        </Button>
      )}
    </Stack>
  )
}
