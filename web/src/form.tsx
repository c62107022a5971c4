import { Button, Stack } from '@mantine/core'
import { type FormEvent, type ReactNode, useState } from 'react'
import { fieldErrors, Trouble } from './trouble.tsx'

type Values = Record<string, string>
type Shown = { errors: Record<string, string>; busy: boolean }

/** A form that keeps what was typed when sending fails, and shows the server's answer beside its field. */
export function Form({
  send,
  act,
  children,
}: {
  send: (values: Values) => Promise<unknown>
  act: string
  children: (shown: Shown) => ReactNode
}) {
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const given = [...new FormData(event.currentTarget)].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []))
    setBusy(true)
    setError(undefined)
    try {
      await send(Object.fromEntries(given) as Values)
    } catch (refused) {
      setError(refused)
    } finally {
      setBusy(false)
    }
  }
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack>
        {children({ errors: fieldErrors(error), busy })}
        <Trouble error={error} />
        <Button type="submit" loading={busy} size="md">
          {act}
        </Button>
      </Stack>
    </form>
  )
}
