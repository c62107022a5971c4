import { Button, Stack } from '@mantine/core'
import type { CallOptions } from '@repitbot/contracts/client'
import { Refused } from '@repitbot/contracts/client'
import { type FormEvent, type ReactNode, useRef, useState } from 'react'
import { attemptKey } from '../once.ts'
import { ErrorAlert, fieldErrors } from './error-alert.tsx'

type Values = Record<string, string>
type FieldsProps = { errors: Record<string, string>; busy: boolean }
type FormProps = {
  /** `once` names this attempt: sent again after a lost connection, it is done once. */
  send: (values: Values, once: CallOptions) => Promise<unknown>
  act: string
  children: (fields: FieldsProps) => ReactNode
}

/** A form that keeps what was typed when sending fails, and shows the server's answer beside its field. */
export function Form({ send, act, children }: FormProps) {
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const attempt = useRef({ values: '', key: '' })
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const given = [...new FormData(event.currentTarget)].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []))
    const values = JSON.stringify(given)
    if (attempt.current.values !== values) attempt.current = { values, key: attemptKey() }
    setBusy(true)
    setError(undefined)
    try {
      await send(Object.fromEntries(given) as Values, { idempotencyKey: attempt.current.key })
      attempt.current = { values: '', key: '' }
    } catch (refused) {
      if (refused instanceof Refused) attempt.current = { values: '', key: '' }
      setError(refused)
    } finally {
      setBusy(false)
    }
  }
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack>
        <ErrorAlert error={error} />
        {children({ errors: fieldErrors(error), busy })}
        <Button type="submit" loading={busy} size="md">
          {act}
        </Button>
      </Stack>
    </form>
  )
}
