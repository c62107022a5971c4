import { Switch, TextInput } from '@mantine/core'
import type { Role } from '@repitbot/contracts/person-card'
import type { StoredPreferences } from '@repitbot/contracts/preferences'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../clients.ts'
import { queries } from '../queries.ts'
import { Form } from '../ui/form.tsx'
import { QueryResult } from '../ui/query-result.tsx'
import { useReplace } from '../ui/replace.ts'
import { showToast } from '../ui/toast.tsx'
import { useWords } from '../words.ts'

const preferences = queryOptions({ queryKey: ['preferences'], queryFn: () => api.preferences.get({}) })

/** What can wait, and when it comes: a tutor's agenda and evening report, a student's digest. */
export function Preferences({ role }: { role: Role }) {
  return <QueryResult query={useQuery(preferences)}>{(chosen) => <Choosing role={role} chosen={chosen} />}</QueryResult>
}

function Choosing({ role, chosen }: { role: Role; chosen: StoredPreferences }) {
  const t = useWords()
  const [streakRisk, setStreakRisk] = useState(chosen.streakRisk)
  const [bulkEmail, setBulkEmail] = useState(chosen.bulkEmail)
  const gives = role === 'tutor' || role === 'admin'
  const yesOrNo = (on: boolean) => t(on ? 'zoneOfDeviceYes' : 'zoneOfDeviceNo')
  const shown = { agendaAt: true, eveningAt: true, streakRisk: yesOrNo, digestAt: true, bulkEmail: yesOrNo } as const
  const replace = useReplace(chosen, { shown, load: () => queries.fetchQuery({ ...preferences, staleTime: 0 }) })
  const send = async ({ agendaAt, eveningAt, digestAt }: Record<string, string>) => {
    // An empty time is never.
    const change = {
      ...(gives && { agendaAt: agendaAt || null, eveningAt: eveningAt || null }),
      ...(role === 'student' && { streakRisk }),
      ...(digestAt && { digestAt }),
      bulkEmail,
    }
    await replace((version) => api.preferences.change({ ...change, version }))
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
            <Switch
              label={t('streakRisk')}
              checked={streakRisk}
              error={errors.streakRisk}
              onChange={({ currentTarget }) => setStreakRisk(currentTarget.checked)}
            />
          )}
          {!gives && (
            <TextInput name="digestAt" type="time" label={t('digestAt')} defaultValue={chosen.digestAt} required error={errors.digestAt} />
          )}
          <Switch
            label={t('bulkEmail')}
            checked={bulkEmail}
            error={errors.bulkEmail}
            onChange={({ currentTarget }) => setBulkEmail(currentTarget.checked)}
          />
        </>
      )}
    </Form>
  )
}
