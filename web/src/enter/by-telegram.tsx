import { Button, Group, Loader, Stack, Text } from '@mantine/core'
import { Refused } from '@repitbot/contracts/client'
import { IconBrandTelegram } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { anonymousAuth } from '../clients.ts'
import { entered } from '../session.ts'
import { Qr } from '../ui/qr.tsx'
import { Trouble } from '../ui/trouble.tsx'
import { useWords } from '../words.ts'

/** How often it is asked whether the chat has said yes: well within what an unknown client may ask in a minute. */
const againMs = 3_000

type Asked = Awaited<ReturnType<typeof anonymousAuth.telegramLogin>>

/** The link is opened in Telegram, here or by a phone's camera, and confirmed there; the secret that comes back stays on this page. */
export function ByTelegram() {
  const t = useWords()
  const [attempt, setAttempt] = useState(0)
  const [error, setError] = useState<unknown>()
  const again = () => {
    setError(undefined)
    setAttempt(attempt + 1)
  }
  if (!error) return <Waiting key={attempt} refused={setError} />
  return (
    <Stack>
      <Trouble error={error} />
      <Button onClick={again}>{t('tryAgain')}</Button>
    </Stack>
  )
}

function Waiting({ refused }: { refused: (error: unknown) => void }) {
  const t = useWords()
  const [asked, setAsked] = useState<Asked>()
  useEffect(() => {
    const stop = new AbortController()
    finished(stop.signal, setAsked).catch((error) => {
      if (!stop.signal.aborted) refused(error)
    })
    return () => stop.abort()
  }, [refused])
  if (!asked) return <Loader aria-label={t('loading')} role="status" mx="auto" />
  return (
    <Stack align="center">
      <Text>{t('byTelegramAbout')}</Text>
      <TelegramButton link={asked.link} />
      <Qr text={asked.link} label={t('qrTelegram')} />
      <Group gap="xs" role="status">
        <Loader size="xs" aria-hidden />
        <Text size="sm" c="dimmed">
          {t('waitingForTelegram')}
        </Text>
      </Group>
    </Stack>
  )
}

export function TelegramButton({ link }: { link: string }) {
  const t = useWords()
  return (
    <Button
      component="a"
      href={link}
      target="_blank"
      rel="noopener noreferrer"
      size="md"
      fullWidth
      leftSection={<IconBrandTelegram size={20} />}
    >
      {t('openTelegram')}
    </Button>
  )
}

/** Asks for a link, and then for the answer until there is one. A lost connection is waited out. */
async function finished(signal: AbortSignal, show: (asked: Asked) => void): Promise<void> {
  const asked = await anonymousAuth.telegramLogin({}, { signal })
  if (signal.aborted) return
  show(asked)
  while (!signal.aborted) {
    await new Promise((resolve) => setTimeout(resolve, againMs))
    if (signal.aborted) return
    try {
      return await entered(await anonymousAuth.telegramFinish({ secret: asked.secret }, { signal }))
    } catch (error) {
      if (error instanceof Refused && error.problem.code !== 'not_confirmed_yet' && error.problem.status !== 429) throw error
    }
  }
}
