import { Alert, Text } from '@mantine/core'
import { Refused } from '@repitbot/contracts/client'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useLayoutEffect, useRef, useState } from 'react'
import { failureText, translate, useWords } from '../words.ts'

/** What the server said of each field, by the field's first name. */
export const fieldErrors = (error: unknown): Record<string, string> =>
  error instanceof Refused ? Object.fromEntries((error.problem.errors ?? []).map(({ field, message }) => [field, message])) : {}

type FieldFault = NonNullable<Refused['problem']['errors']>[number]
/** What the server said of fields that this form does not have, or does not show: told here, or nobody would ever read it. */
function untoldFaults(error: unknown, own: HTMLElement | null): FieldFault[] {
  if (!(error instanceof Refused)) return []
  const shown = own?.closest('form, [role=dialog]')?.querySelectorAll('[id$="-error"], [role=alert]') ?? []
  const texts = new Set([...shown].filter((one) => one !== own).map(({ textContent }) => textContent))
  return (error.problem.errors ?? []).filter(({ message }) => !texts.has(message))
}

export const refusalText = (error: unknown): string =>
  error instanceof Refused ? (error.problem.detail ?? failureText(error.problem.code)) : translate('lost')

/** A refusal in the reader's words, with the number that finds it in the logs. */
export function ErrorAlert({ error, message = refusalText(error) }: { error: unknown; message?: string }) {
  const t = useWords()
  const own = useRef<HTMLDivElement>(null)
  const [untold, setUntold] = useState<FieldFault[]>([])
  useLayoutEffect(() => setUntold(untoldFaults(error, own.current)), [error])
  if (!error) return null
  const problem = error instanceof Refused ? error.problem : undefined
  return (
    <Alert ref={own} color="red" role="alert" title={t('failed')} icon={<IconAlertTriangle />}>
      <Text size="sm" c="var(--mantine-color-text)">
        {message}
      </Text>
      {untold.map(({ field, message: said }) => (
        <Text key={field} size="sm" c="var(--mantine-color-text)">
          {t('fieldSaid', { field, said })}
        </Text>
      ))}
      {problem?.correlationId && problem.status >= 500 && <Text size="xs">{t('correlation', { id: problem.correlationId })}</Text>}
    </Alert>
  )
}
