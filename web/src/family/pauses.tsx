import { Button, Stack, Text, TextInput, Title } from '@mantine/core'
import { localDay } from '@repitbot/contracts/calendar'
import { useState } from 'react'
import { api } from '../clients.ts'
import { useMe } from '../me.ts'
import { queries } from '../queries.ts'
import { Form } from '../ui/form.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { showToast } from '../ui/toast.tsx'
import { useWords } from '../words.ts'

/** A pause: a holiday or an illness that does not break a streak. */
export function Pauses({ studentId }: { studentId: string }) {
  const t = useWords()
  const [open, setOpen] = useState(false)
  const today = localDay(Date.now(), useMe()?.card.zone ?? 'UTC')
  const send = async ({ from = '', until = '' }) => {
    await api.students.pause({ studentId, from, until })
    await queries.invalidateQueries({ queryKey: ['progress', studentId] })
    setOpen(false)
    showToast({ text: t('pauseSet') })
  }
  return (
    <Stack gap="xs" align="start">
      <Title order={2}>{t('pauses')}</Title>
      <Text size="sm" c="dimmed">
        {t('pauseAbout')}
      </Text>
      <Button variant="default" onClick={() => setOpen(true)}>
        {t('pause')}
      </Button>
      {open && (
        <Sheet title={t('pause')} close={() => setOpen(false)}>
          <Form act={t('pause')} draft={`pause-${studentId}`} send={send}>
            {({ errors }) => (
              <>
                <TextInput name="from" type="date" label={t('pauseFrom')} defaultValue={today} required error={errors.from} />
                <TextInput name="until" type="date" label={t('pauseUntil')} defaultValue={today} required error={errors.until} />
              </>
            )}
          </Form>
        </Sheet>
      )}
    </Stack>
  )
}
