import { Alert, Text } from '@mantine/core'
import { Refused } from '@repitbot/contracts/client'
import { IconAlertTriangle } from '@tabler/icons-react'
import { failureText, translate, useWords } from '../words.ts'

/** What the server said of each field, by the field's first name. */
export const fieldErrors = (error: unknown): Record<string, string> =>
  error instanceof Refused ? Object.fromEntries((error.problem.errors ?? []).map(({ field, message }) => [field, message])) : {}

export const refusalText = (error: unknown): string =>
  error instanceof Refused ? (error.problem.detail ?? failureText(error.problem.code)) : translate('lost')

/** A refusal in the reader's words, with the number that finds it in the logs. */
export function ErrorAlert({ error, message = refusalText(error) }: { error: unknown; message?: string }) {
  const t = useWords()
  if (!error) return null
  const problem = error instanceof Refused ? error.problem : undefined
  return (
    <Alert color="red" role="alert" title={t('failed')} icon={<IconAlertTriangle />}>
      <Text size="sm" c="var(--mantine-color-text)">
        {message}
      </Text>
      {problem?.correlationId && problem.status >= 500 && <Text size="xs">{t('correlation', { id: problem.correlationId })}</Text>}
    </Alert>
  )
}
