import { Checkbox, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { daysAhead } from '../../days-ahead.ts'
import { momentText } from '../../time.ts'
import { useWords } from '../../words.ts'
import { owedTo, type StaffLesson } from '../lessons.ts'
import type { Change, Draft } from './plan-draft.ts'

const daysAround = 366

/** The cancelled lessons for which the first chosen student was promised another one. */
export function useOwed([studentId = '']: string[]): StaffLesson[] {
  const { data = [] } = useQuery({ ...owedTo(studentId, daysAhead(daysAround, 'UTC', daysAround)), enabled: Boolean(studentId) })
  return data
}

type Fields = { draft: Draft; change: Change; owed: StaffLesson[]; zone: string }
/** What was promised, to be kept by this plan. */
export function Owed({ draft, change, owed, zone }: Fields) {
  const t = useWords()
  if (!owed.length) return null
  return (
    <Stack gap={6}>
      {owed.map(({ id, startsAt, subject, minutes }) => (
        <Checkbox
          key={id}
          label={t('makeUpOwed', { when: momentText(startsAt, zone), subject })}
          checked={draft.makeUpOf === id}
          onChange={(event) =>
            change(
              event.currentTarget.checked
                ? { makeUpOf: id, type: 'make_up', subject, minutes: String(minutes) }
                : { makeUpOf: '', type: 'individual' },
            )
          }
        />
      ))}
    </Stack>
  )
}
