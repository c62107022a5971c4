import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../clients.ts'
import { QueryResult } from '../../ui/query-result.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { useWords } from '../../words.ts'
import type { Coming } from '../coming.ts'
import { namesOf } from '../lessons.ts'
import { WholeSeries } from './series-sheet.tsx'

/** The series behind a lesson that is not planned yet. */
export function ComingSheet({ coming, close }: { coming: Coming; close: () => void }) {
  const t = useWords()
  const { seriesId } = coming
  const query = useQuery({ queryKey: ['series', seriesId], queryFn: () => api.series.get({ seriesId }) })
  return (
    <Sheet title={`${t('seriesOf')}: ${namesOf(coming)}`} close={close}>
      <Text mb="md">{t('comingTold')}</Text>
      <QueryResult query={query}>{(series) => <WholeSeries series={series} close={close} />}</QueryResult>
    </Sheet>
  )
}
