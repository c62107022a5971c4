import { Text, UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { api } from '../../clients.ts'
import { useMe } from '../../me.ts'
import { dayText } from '../../time.ts'
import { useWords } from '../../words.ts'
import { nextOf, priceText, type Series, whenText } from './series-days.ts'
import { SeriesSheet } from './series-sheet.tsx'

async function readAll(studentId: string | undefined): Promise<Series[]> {
  const all: Series[] = []
  let after: string | undefined
  do {
    const page = await api.series.list({ limit: 500, after, studentId })
    all.push(...page.series)
    after = page.next ?? undefined
  } while (after)
  return all
}
/** Every series, or those of one student, read page by page. */
export const seriesOf = (studentId?: string) => ({ queryKey: ['series', 'list', studentId], queryFn: () => readAll(studentId) })
export const goesOn = (series: Series) => nextOf(series, 1).length > 0

/** Series in a list; each opens what can be changed of it, and how it ends. */
export function SeriesRows({ series }: { series: Series[] }) {
  const who = useMe()
  const [opened, open] = useState<Series>()
  return (
    <>
      <div className="rows card">
        {series.map((one) => (
          <UnstyledButton key={one.id} className="row" onClick={() => open(one)}>
            <Row series={one} named={who?.card.role === 'admin'} />
          </UnstyledButton>
        ))}
      </div>
      {opened && <SeriesSheet series={opened} close={() => open(undefined)} />}
    </>
  )
}

function Row({ series, named }: { series: Series; named: boolean }) {
  const t = useWords()
  const { students, subject, tutorName, until } = series
  const [next] = nextOf(series, 1)
  return (
    <div className="grow">
      <Text fw={600}>{students.map(({ name }) => name).join(', ')}</Text>
      <Text size="sm">{named ? `${subject}, ${tutorName}` : subject}</Text>
      <Text size="sm" className="dimmed">
        {whenText(series, t)}
      </Text>
      <Text size="sm" className="dimmed">
        {[priceText(series), next && t('seriesNext', { day: dayText(next) }), until && t('seriesUntil', { day: dayText(until) })]
          .filter(Boolean)
          .join(' · ')}
      </Text>
    </div>
  )
}
