import { Alert, Text, Textarea } from '@mantine/core'
import { Refused } from '@repitbot/contracts/client'
import type { CancellationCost } from '@repitbot/contracts/family-lesson'
import { moneyText } from '@repitbot/contracts/money'
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { api } from '../clients.ts'
import { useMe } from '../me.ts'
import { queries } from '../queries.ts'
import { momentText } from '../time.ts'
import { Form } from '../ui/form.tsx'
import { QueryResult } from '../ui/query-result.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { offerUndo } from '../ui/undo.tsx'
import { language, useWords } from '../words.ts'
import type { FamilyLesson } from './lesson-card.tsx'

/** How often an open sheet asks again what it costs: the notice may end meanwhile. */
const againMs = 30_000

/** A family cancels a lesson. What it costs is the server's answer, which the button repeats and the request carries. */
export function CancelByFamily({ lesson, close }: { lesson: FamilyLesson; close: () => void }) {
  const t = useWords()
  const { id: lessonId } = lesson
  const query = useQuery({
    queryKey: ['cancellation', lessonId],
    queryFn: () => api.familyLessons.cancellation({ lessonId }),
    refetchInterval: againMs,
    gcTime: 0,
    retry: false,
  })
  const send = async ({ chargePercent, chargeMinor }: CancellationCost, reason: string) => {
    try {
      await api.familyLessons.cancel({ lessonId, chargePercent, chargeMinor, ...(reason.trim() && { reason }) })
    } catch (refused) {
      if (refused instanceof Refused) await query.refetch()
      throw refused
    }
    close()
    const undo = async () => {
      await api.familyLessons.restore({ lessonId })
      await queries.invalidateQueries({ queryKey: ['lessons'] })
    }
    offerUndo({ text: t('lessonCancelled'), undo })
    await queries.invalidateQueries({ queryKey: ['lessons'] })
  }
  return (
    <Sheet title={t('cancelLesson')} close={close}>
      <QueryResult query={query}>{(cost) => <Question lesson={lesson} cost={cost} send={(reason) => send(cost, reason)} />}</QueryResult>
    </Sheet>
  )
}

type QuestionProps = { lesson: FamilyLesson; cost: CancellationCost; send: (reason: string) => Promise<void> }
function Question({ lesson, cost: { chargePercent, chargeMinor = 0, currency, ...policy }, send }: QuestionProps) {
  const t = useWords()
  const zone = useMe()?.card.zone ?? 'UTC'
  const isCharged = chargePercent > 0
  const percent = isCharged ? chargePercent : policy.lateChargePercent
  const cost = currency ? moneyText(chargeMinor, currency, language.get()) : ''
  return (
    <Form
      act={isCharged ? t('cancelFor', { cost, percent }) : t('cancelLesson')}
      draft={`cancel-${lesson.id}`}
      send={({ reason = '' }) => send(reason)}
    >
      {({ errors }) => (
        <>
          <Text>{`${lesson.students.map(({ name }) => name).join(', ')}: ${lesson.subject}, ${momentText(lesson.startsAt, zone)}`}</Text>
          <Alert color={isCharged ? 'amber' : 'green'} icon={isCharged ? <IconAlertTriangle /> : <IconInfoCircle />}>
            <Text size="sm" c="var(--mantine-color-text)">
              {isCharged
                ? t('cancelLate', { cost, percent, hours: policy.noticeHours })
                : percent > 0
                  ? t('cancelFreeUntil', { until: momentText(policy.freeUntil, zone), percent })
                  : t('cancelFree')}
            </Text>
          </Alert>
          <Textarea name="reason" label={t('cancelReason')} maxLength={500} autosize minRows={2} error={errors.reason} />
        </>
      )}
    </Form>
  )
}
