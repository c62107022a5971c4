import { Button, Checkbox, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useMe } from '../me.ts'
import { signOut, signOutWithTelegram } from '../session.ts'
import { Sheet } from '../ui/sheet.tsx'
import { tryOrToast } from '../ui/toast.tsx'
import { useWords } from '../words.ts'
import { useProof } from './proof.tsx'

/** Signs out on every device. From a linked chat one can still sign in, so it asks whether the chat goes too. */
export function SignOutEverywhere() {
  const t = useWords()
  const who = useMe()
  const [asking, setAsking] = useState(false)
  const leave = () => (who?.card.telegramChatId ? setAsking(true) : void tryOrToast(signOut(true)))
  return (
    <Group>
      <Button variant="light" color="red" onClick={leave}>
        {t('signOutEverywhere')}
      </Button>
      {asking && <Question close={() => setAsking(false)} hasEmail={Boolean(who?.card.email ?? who?.unconfirmedEmail)} />}
    </Group>
  )
}

/** Without an e-mail the chat is the only way in, and stays. */
function Question({ close, hasEmail }: { close: () => void; hasEmail: boolean }) {
  const t = useWords()
  const [unlinks, setUnlinks] = useState(false)
  const { begin, question } = useProof()
  return (
    <Sheet title={t('signOutEverywhere')} close={close}>
      <Stack>
        <Text>{t('signOutEverywhereAbout')}</Text>
        {hasEmail ? (
          <Checkbox
            label={t('unlinkTelegramToo')}
            description={t('unlinkTelegramTooHint')}
            checked={unlinks}
            onChange={({ currentTarget }) => setUnlinks(currentTarget.checked)}
          />
        ) : (
          <Text size="sm" c="dimmed">
            {t('telegramStays')}
          </Text>
        )}
        <Button color="red" onClick={() => begin(unlinks ? signOutWithTelegram : () => signOut(true))}>
          {t('signOut')}
        </Button>
        {question}
      </Stack>
    </Sheet>
  )
}
