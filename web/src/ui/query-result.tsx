import { Button, Skeleton, Stack } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useWords } from '../words.ts'

import { ErrorAlert } from './error-alert.tsx'

type Props<T> = { query: UseQueryResult<T>; children: (data: T) => ReactNode; loading?: ReactNode }
/** What a query has come to: a placeholder while it loads, its refusal with a button to try again, or what it holds. */
export function QueryResult<T>({ query, children, loading = <CardsLoading /> }: Props<T>) {
  const t = useWords()
  if (query.data !== undefined) return children(query.data)
  if (query.isError)
    return (
      <Stack align="start">
        <ErrorAlert error={query.error} />
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
