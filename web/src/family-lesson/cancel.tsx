import { Alert, Text, Textarea } from '@mantine/core'
import type { LessonPolicy } from '@repitbot/contracts/lesson-policy'
import { currencyUsual, moneyText } from '@repitbot/contracts/money'
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { api } from '../clients.ts'
import { useMe } from '../me.ts'
import { queries } from '../queries.ts'
import { momentText } from '../time.ts'
import { Form } from '../ui/form.tsx'
import { QueryResult } from '../ui/query-result.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { showToast } from '../ui/toast.tsx'
import { language, useWords } from '../words.ts'
import type { FamilyLesson } from './lesson-card.tsx'

const hourMs = 3_600_000

/** What calling this lesson off now will cost, in the smallest unit of its currency; until when it costs nothing. */
export function costNow({ startsAt, students }: Pick<FamilyLesson, 'startsAt' | 'students'>, policy: LessonPolicy, now: number) {
  const freeUntil = Date.parse(startsAt) - policy.noticeHours * hourMs
  const priceMinor = students.reduce((sum, seat) => sum + seat.priceMinor, 0)
  const late = now > freeUntil && policy.lateChargePercent > 0
  return { freeUntil, late, costMinor: late ? Math.round((priceMinor * policy.lateChargePercent) / 100) : 0 }
}

/** A family cancels a lesson, and sees before what that costs. */
export function CancelByFamily({ lesson, close }: { lesson: FamilyLesson; close: () => void }) {
  const t = useWords()
  const zone = useMe()?.card.zone ?? 'UTC'
  const policy = useQuery({ queryKey: ['lesson-policy'], queryFn: () => api.lessonPolicy.get({}) })
  const send = async ({ reason = '' }) => {
    await api.familyLessons.cancel({ lessonId: lesson.id, ...(reason.trim() && { reason }) })
    close()
    showToast({ text: t('lessonCancelled') })
    await queries.invalidateQueries({ queryKey: ['lessons'] })
  }
  return (
    <Sheet title={t('cancelLesson')} close={close}>
      <QueryResult query={policy}>
        {(rule) => {
          const { late, costMinor, freeUntil } = costNow(lesson, rule, Date.now())
          const cost = moneyText(costMinor, lesson.students[0]?.currency ?? currencyUsual, language.get())
          return (
            <Form act={late ? t('cancelFor', { cost }) : t('cancelLesson')} draft={`cancel-${lesson.id}`} send={send}>
              {({ errors }) => (
                <>
                  <Text>{`${lesson.students.map(({ name }) => name).join(', ')}: ${lesson.subject}, ${momentText(lesson.startsAt, zone)}`}</Text>
                  <Alert color={late ? 'amber' : 'green'} icon={late ? <IconAlertTriangle /> : <IconInfoCircle />}>
                    <Text size="sm" c="var(--mantine-color-text)">
                      {late
                        ? t('cancelLate', { cost, percent: rule.lateChargePercent, hours: rule.noticeHours })
                        : rule.lateChargePercent > 0
                          ? t('cancelFreeUntil', { until: momentText(new Date(freeUntil).toISOString(), zone) })
                          : t('cancelFree')}
                    </Text>
                  </Alert>
                  <Textarea name="reason" label={t('cancelReason')} maxLength={500} autosize minRows={2} error={errors.reason} />
                </>
              )}
            </Form>
          )
        }}
      </QueryResult>
    </Sheet>
  )
}
