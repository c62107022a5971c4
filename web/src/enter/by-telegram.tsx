import { Button, Loader, Stack, Title } from '@mantine/core'
import { Refused } from '@repitbot/contracts/client'
import { useEffect, useState } from 'react'
import { anonymousAuth } from '../clients.ts'
import { startSession } from '../session.ts'
import { ErrorAlert } from '../ui/error-alert.tsx'
import { useWords } from '../words.ts'
import { againMs, TelegramLink } from './telegram-link.tsx'

type LoginRequest = Awaited<ReturnType<typeof anonymousAuth.telegramLogin>>

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
      <ErrorAlert error={error} />
      <Button onClick={again}>{t('tryAgain')}</Button>
    </Stack>
  )
}

function Waiting({ refused }: { refused: (error: unknown) => void }) {
  const t = useWords()
  const [request, setRequest] = useState<LoginRequest>()
  useEffect(() => {
    const stop = new AbortController()
    waitForLogin(stop.signal, setRequest).catch((error) => {
      if (!stop.signal.aborted) refused(error)
    })
    return () => stop.abort()
  }, [refused])
  if (!request) return <Loader aria-label={t('loading')} role="status" mx="auto" />
  return (
    <TelegramLink about={t('byTelegramAbout')} link={request.link}>
      <Title order={2}>{t('loginNumber', { number: request.number })}</Title>
    </TelegramLink>
  )
}

/** Requests a link, then polls until the chat has answered. A lost connection is waited out. */
async function waitForLogin(signal: AbortSignal, show: (request: LoginRequest) => void): Promise<void> {
  const request = await anonymousAuth.telegramLogin({}, { signal })
  if (signal.aborted) return
  show(request)
  while (!signal.aborted) {
    await new Promise((resolve) => setTimeout(resolve, againMs))
    if (signal.aborted) return
    try {
      return await startSession(await anonymousAuth.telegramFinish({ secret: request.secret }, { signal }))
    } catch (error) {
      if (error instanceof Refused && error.problem.code !== 'not_confirmed_yet' && error.problem.status !== 429) throw error
    }
  }
}
