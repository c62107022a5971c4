import { Button, Stack } from '@mantine/core'
import type { CallOptions } from '@repitbot/contracts/client'
import { Refused } from '@repitbot/contracts/client'
import { type FormEvent, type ReactNode, useLayoutEffect, useRef, useState } from 'react'
import { attemptKey } from '../once.ts'
import { keepDraft, Restored, readDraft } from './draft.tsx'
import { ErrorAlert, fieldErrors } from './error-alert.tsx'
import { faultsIn } from './field-faults.ts'

type Values = Record<string, string>
type FieldsProps = { errors: Record<string, string>; busy: boolean }
type FormProps = {
  /** `once` names this attempt: sent again after a lost connection, it is done once. */
  send: (values: Values, once: CallOptions) => Promise<unknown>
  act: string
  /** Keeps what is typed under this name until it is sent or thrown away, as `useDraft` does; not for fields that React controls. */
  draft?: string
  children: (fields: FieldsProps) => ReactNode
}

/** A form that keeps what was typed when sending fails, and shows the server's answer beside its field. */
export function Form({ send, act, draft, children }: FormProps) {
  const [error, setError] = useState<unknown>()
  const [faults, setFaults] = useState<Record<string, string>>({})
  const [busy, setBusy] = useState(false)
  const { form, keep, forget, ...restored } = useTyped(draft)
  const attempt = useRef({ values: '', key: '' })
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const found = faultsIn(event.currentTarget)
    setFaults(found)
    if (Object.keys(found).length > 0) return setError(undefined)
    const given = givenIn(event.currentTarget)
    const values = JSON.stringify(given)
    if (attempt.current.values !== values) attempt.current = { values, key: attemptKey() }
    setBusy(true)
    setError(undefined)
    try {
      await send(Object.fromEntries(given) as Values, { idempotencyKey: attempt.current.key })
      attempt.current = { values: '', key: '' }
      forget()
    } catch (refused) {
      if (refused instanceof Refused) attempt.current = { values: '', key: '' }
      setError(refused)
    } finally {
      setBusy(false)
    }
  }
  return (
    <form ref={form} noValidate onInput={keep} onSubmit={(event) => void submit(event)}>
      <Stack>
        <ErrorAlert error={error} />
        <Restored {...restored} />
        {children({ errors: { ...fieldErrors(error), ...faults }, busy })}
        <Button type="submit" loading={busy} size="md">
          {act}
        </Button>
      </Stack>
    </form>
  )
}

const givenIn = (form: HTMLFormElement): [string, string][] =>
  [...new FormData(form)].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as [string, string]] : []))

/** Keeps and restores the fields of a form whose values only the browser holds; no password. */
function useTyped(name: string | undefined) {
  const form = useRef<HTMLFormElement>(null)
  const [restored, setRestored] = useState(false)
  useLayoutEffect(() => {
    const kept = name ? readDraft<Values>(name) : undefined
    if (!kept || !form.current) return
    for (const field of form.current.elements) {
      if (field instanceof HTMLInputElement && /checkbox|radio/.test(field.type)) field.checked = kept[field.name] === field.value
      else if ('value' in field && 'name' in field && kept[`${field.name}`] !== undefined) field.value = kept[`${field.name}`]
    }
    setRestored(true)
  }, [name])
  const secret = () => [...(form.current?.querySelectorAll<HTMLInputElement>('[type=password]') ?? [])].map((field) => field.name)
  const keep = () => {
    if (!name || !form.current) return
    const hidden = secret()
    keepDraft(name, Object.fromEntries(givenIn(form.current).filter(([field]) => !hidden.includes(field))))
  }
  const forget = () => {
    if (name) keepDraft(name, undefined)
    setRestored(false)
  }
  const throwAway = () => {
    form.current?.reset()
    forget()
  }
  return { form, keep, forget, restored, throwAway }
}
