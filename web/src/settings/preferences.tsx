import { Switch, TextInput } from '@mantine/core'
import type { Role } from '@repitbot/contracts/person-card'
import type { Preferences as Chosen } from '@repitbot/contracts/preferences'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../clients.ts'
import { Form } from '../ui/form.tsx'
import { QueryResult } from '../ui/query-result.tsx'
import { showToast } from '../ui/toast.tsx'
import { useWords } from '../words.ts'

/** What can wait, and when it comes: a tutor's agenda and evening report, a student's digest. */
export function Preferences({ role }: { role: Role }) {
  const query = useQuery({ queryKey: ['preferences'], queryFn: () => api.preferences.get({}) })
  return <QueryResult query={query}>{(chosen) => <Choosing role={role} chosen={chosen} again={() => query.refetch()} />}</QueryResult>
}

function Choosing({ role, chosen, again }: { role: Role; chosen: Chosen; again: () => Promise<unknown> }) {
  const t = useWords()
  const [streakRisk, setStreakRisk] = useState(chosen.streakRisk)
  const gives = role === 'tutor' || role === 'admin'
  const send = async ({ agendaAt, eveningAt, digestAt }: Record<string, string>) => {
    // An empty time is never.
    await api.preferences.change({
      ...(gives && { agendaAt: agendaAt || null, eveningAt: eveningAt || null }),
      ...(role === 'student' && { streakRisk }),
      ...(digestAt && { digestAt }),
    })
    await again()
    showToast({ text: t('saved') })
  }
  return (
    <Form act={t('save')} send={send}>
      {({ errors }) => (
        <>
          {gives && (
            <>
              <TextInput
                name="agendaAt"
                type="time"
                label={t('agendaAt')}
                description={t('emptyIsNever')}
                defaultValue={chosen.agendaAt ?? ''}
                error={errors.agendaAt}
              />
              <TextInput
                name="eveningAt"
                type="time"
                label={t('eveningAt')}
                description={t('emptyIsNever')}
                defaultValue={chosen.eveningAt ?? ''}
                error={errors.eveningAt}
              />
            </>
          )}
          {role === 'student' && (
            <Switch label={t('streakRisk')} checked={streakRisk} onChange={({ currentTarget }) => setStreakRisk(currentTarget.checked)} />
          )}
          {!gives && (
            <TextInput name="digestAt" type="time" label={t('digestAt')} defaultValue={chosen.digestAt} required error={errors.digestAt} />
          )}
        </>
      )}
    </Form>
  )
}
