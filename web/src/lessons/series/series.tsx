import '../lessons.css'
import { Stack, Title } from '@mantine/core'
import { IconRepeat } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Empty } from '../../ui/empty.tsx'
import { QueryResult } from '../../ui/query-result.tsx'
import { useWords } from '../../words.ts'
import { goesOn, SeriesRows, seriesOf } from './series-rows.tsx'

/** Every series that goes on, also where its lessons are too far ahead for the week to show them. */
export function SeriesList() {
  const t = useWords()
  const query = useQuery(seriesOf())
  return (
    <Stack gap="lg">
      <Title order={1}>{t('series')}</Title>
      <QueryResult query={query}>
        {(all) => {
          const going = all.filter(goesOn)
          return going.length ? <SeriesRows series={going} /> : <Empty icon={IconRepeat} text={t('noSeries')} />
        }}
      </QueryResult>
    </Stack>
  )
}
