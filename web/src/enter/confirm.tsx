import { Button, Paper, Stack, Text, Title } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../clients.ts'
import { useMe } from '../me.ts'
import { reloadMe } from '../session.ts'
import { showToast, tryOrToast } from '../ui/toast.tsx'
import { useWords } from '../words.ts'

/** Where the link of a confirming letter leads: it is pressed by the one who is signed in, and the button names the address. */
export function Confirm() {
  const t = useWords()
  const go = useNavigate()
  const token = useState(() => location.hash.slice(1))[0]
  const email = useMe()?.unconfirmedEmail
  const confirm = async () => {
    if (!(await tryOrToast(api.auth.confirmEmail({ token })))) return
    await reloadMe()
    showToast({ text: t('emailConfirmed') })
    await go({ to: '/' })
  }
  return (
    <div className="enter">
      <Title order={1}>{t('confirmTitle')}</Title>
      <Paper withBorder p="lg">
        <Stack>
          <Text>{email ? t('confirmAbout', { email }) : t('nothingToConfirm')}</Text>
          {email && token && <Button onClick={() => void confirm()}>{t('confirmDo')}</Button>}
        </Stack>
      </Paper>
    </div>
  )
}
