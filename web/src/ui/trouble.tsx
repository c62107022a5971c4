import { Alert, Button, Skeleton, Stack, Text } from '@mantine/core'
import { Refused } from '@repitbot/contracts/client'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { failureText, say, useWords } from '../words.ts'

/** What the server said of each field, by the field's first name. */
export const fieldErrors = (error: unknown): Record<string, string> =>
  error instanceof Refused ? Object.fromEntries((error.problem.errors ?? []).map(({ field, message }) => [field, message])) : {}

export const refusalText = (error: unknown): string =>
  error instanceof Refused ? (error.problem.detail ?? failureText(error.problem.code)) : say('lost')

/** A refusal in the reader's words, with the number that finds it in the logs. */
export function Trouble({ error, told = refusalText(error) }: { error: unknown; told?: string }) {
  const t = useWords()
  if (!error) return null
  const problem = error instanceof Refused ? error.problem : undefined
  return (
    <Alert color="red" role="alert" title={t('failed')} icon={<IconAlertTriangle />}>
      <Text size="sm" c="var(--mantine-color-text)">
        {told}
      </Text>
      {problem?.correlationId && problem.status >= 500 && <Text size="xs">{t('correlation', { id: problem.correlationId })}</Text>}
    </Alert>
  )
}

type Faces<T> = { query: UseQueryResult<T>; children: (data: T) => ReactNode; loading?: ReactNode }
/** The faces of what is asked for: loading in the shape of what will stand there, failed, and what it holds. */
export function Asked<T>({ query, children, loading = <CardsLoading /> }: Faces<T>) {
  const t = useWords()
  if (query.data !== undefined) return children(query.data)
  if (query.isError)
    return (
      <Stack align="start">
        <Trouble error={query.error} />
        <Button onClick={() => void query.refetch()}>{t('retry')}</Button>
      </Stack>
    )
  return (
    <div role="status" aria-label={t('loading')}>
      {loading}
    </div>
  )
}

export const CardsLoading = ({ count = 3, height = 92 }: { count?: number; height?: number }) => (
  <Stack>
    {[...Array(count).keys()].map((place) => (
      <Skeleton key={place} height={height} radius="md" />
    ))}
  </Stack>
)
