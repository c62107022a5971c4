import { Group, Switch, Text, TextInput } from '@mantine/core'
import { noQuietHours, type PersonCard, quietHoursOf } from '@repitbot/contracts/person-card'
import { useState } from 'react'
import { api } from '../clients.ts'
import { reloadCard } from '../session.ts'
import { Form } from '../ui/form.tsx'
import { useReplace } from '../ui/replace.ts'
import { showToast } from '../ui/toast.tsx'
import { useWords } from '../words.ts'

/** What the fields begin with for somebody who had no quiet hours. */
const usual = { from: '22:00', until: '08:00' }

export function QuietHours({ card }: { card: PersonCard }) {
  const t = useWords()
  const [on, setOn] = useState(quietHoursOf(card) !== undefined)
  const { from, until } = quietHoursOf(card) ?? usual
  const replace = useReplace(card, { shown: { quietHours: textOf }, load: reloadCard })
  const send = async (given: Record<string, string>) => {
    const quietHours = on ? { from: given.from ?? usual.from, until: given.until ?? usual.until } : noQuietHours
    await replace((version) => api.people.changeMe({ quietHours, version }))
    showToast({ text: t('saved') })
  }
  return (
    <Form act={t('save')} send={send}>
      {({ errors }) => (
        <>
          <Text size="sm" c="dimmed">
            {t('quietAbout')}
          </Text>
          <Switch label={t('quietOn')} checked={on} onChange={({ currentTarget }) => setOn(currentTarget.checked)} />
          {on && (
            <Group grow align="start">
              <TextInput name="from" type="time" label={t('fromTime')} defaultValue={from} required error={errors.quietHours} />
              <TextInput name="until" type="time" label={t('untilTime')} defaultValue={until} required />
            </Group>
          )}
        </>
      )}
    </Form>
  )
}

function textOf(quietHours: PersonCard['quietHours']): string | undefined {
  const hours = quietHoursOf({ quietHours })
  return hours && `${hours.from}–${hours.until}`
}
