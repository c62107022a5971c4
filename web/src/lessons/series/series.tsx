import '../lessons.css'
import { Stack, Text, Title, UnstyledButton } from '@mantine/core'
import { IconRepeat } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../clients.ts'
import { useMe } from '../../me.ts'
import { dayText } from '../../time.ts'
import { Empty } from '../../ui/empty.tsx'
import { QueryResult } from '../../ui/query-result.tsx'
import { useWords } from '../../words.ts'
import { nextOf, priceText, type Series, whenText } from './series-days.ts'
import { SeriesSheet } from './series-sheet.tsx'

async function readAll(): Promise<Series[]> {
  const all: Series[] = []
  let after: string | undefined
  do {
    const page = await api.series.list({ limit: 500, after })
    all.push(...page.series)
    after = page.next ?? undefined
  } while (after)
  return all
}

/** Every series that goes on, also where its lessons are too far ahead for the week to show them. */
export function SeriesList() {
  const t = useWords()
  const who = useMe()
  const query = useQuery({ queryKey: ['series'], queryFn: readAll })
  const [opened, open] = useState<Series>()
  return (
    <Stack gap="lg">
      <Title order={1}>{t('series')}</Title>
      <QueryResult query={query}>
        {(all) => {
          const going = all.filter((one) => nextOf(one, 1).length > 0)
          if (!going.length) return <Empty icon={IconRepeat} text={t('noSeries')} />
          return (
            <div className="rows card">
              {going.map((one) => (
                <UnstyledButton key={one.id} className="row" onClick={() => open(one)}>
                  <Row series={one} named={who?.card.role === 'admin'} />
                </UnstyledButton>
              ))}
            </div>
          )
        }}
      </QueryResult>
      {opened && <SeriesSheet series={opened} close={() => open(undefined)} />}
    </Stack>
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
