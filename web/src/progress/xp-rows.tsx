import { Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api } from '../clients.ts'
import { useMe } from '../me.ts'
import { dateText } from '../time.ts'
import { CardsLoading, QueryResult } from '../ui/query-result.tsx'
import { useWords } from '../words.ts'
import { useGameTexts } from './texts.ts'

const rowsMax = 10

/** Where the last XP came from. */
export function XpRows({ studentId }: { studentId: string }) {
  const t = useWords()
  const { achievements, xpReasons } = useGameTexts()
  const zone = useMe()?.card.zone ?? 'UTC'
  const query = useQuery({ queryKey: ['xp', studentId], queryFn: () => api.students.history({ studentId, limit: rowsMax }) })
  return (
    <Stack gap="sm">
      <Title order={2}>{t('history')}</Title>
      <QueryResult query={query} loading={<CardsLoading count={1} height={240} />}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Text c="dimmed">{t('noXp')}</Text>
          ) : (
            <div className="rows card">
              {rows.map(({ id, sourceId, delta, reason, heldAt }) => (
                <div key={id} className="row">
                  <div className="grow">
                    <Text>
                      {reason === 'achievement'
                        ? `${xpReasons.achievement}: ${achievements[sourceId]?.title ?? sourceId}`
                        : xpReasons[reason]}
                    </Text>
                    <Text size="sm" c="dimmed">
                      {dateText(heldAt, zone)}
                    </Text>
                  </div>
                  <Text fw={700} c={delta < 0 ? 'dimmed' : 'var(--xp-text)'}>
                    {delta > 0 ? `+${delta}` : String(delta).replace('-', '−')}
                  </Text>
                </div>
              ))}
            </div>
          )
        }
      </QueryResult>
    </Stack>
  )
}
