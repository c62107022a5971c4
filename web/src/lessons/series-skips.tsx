import { Text } from '@mantine/core'
import { localDay } from '@repitbot/contracts/calendar'
import { useQuery } from '@tanstack/react-query'
import { boundsOf, momentText } from '../time.ts'
import { useWords } from '../words.ts'
import { comingAt, comingIn } from './coming.ts'
import { namesOf, type Place } from './lessons.ts'

/** Says that a series would have its lesson at this place, and so leaves that day out. */
export function SeriesSkips({ place, zone }: { place: Place; zone: string }) {
  const t = useWords()
  const { data = [] } = useQuery(comingIn(boundsOf(localDay(place.startsAt, zone), zone)))
  const coming = comingAt(data, place)
  if (!coming) return null
  return (
    <Text size="sm" role="status" className="skips" fw={600}>
      {t('seriesSkips', { name: namesOf(coming), when: momentText(coming.startsAt, zone) })}
    </Text>
  )
}
