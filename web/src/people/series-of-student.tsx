import { Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { goesOn, SeriesRows, seriesOf } from '../lessons/series/series-rows.tsx'
import { CardsLoading, QueryResult } from '../ui/query-result.tsx'
import { useWords } from '../words.ts'

/** What repeats with a student, also where its lessons are too far ahead to be planned yet. */
export function SeriesOfStudent({ studentId }: { studentId: string }) {
  const t = useWords()
  const query = useQuery(seriesOf(studentId))
  return (
    <Stack gap="xs">
      <Title order={3}>{t('series')}</Title>
      <QueryResult query={query} loading={<CardsLoading count={1} />}>
        {(all) => {
          const going = all.filter(goesOn)
          return going.length ? <SeriesRows series={going} /> : <Text c="dimmed">{t('noSeriesOf')}</Text>
        }}
      </QueryResult>
    </Stack>
  )
}
