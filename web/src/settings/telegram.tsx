import { Button, PasswordInput, Stack, Text } from '@mantine/core'
import { Refused } from '@repitbot/contracts/client'
import { IconBrandTelegram } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api } from '../clients.ts'
import { TelegramButton } from '../enter/by-telegram.tsx'
import { ways } from '../enter/ways.ts'
import { useMe } from '../me.ts'
import { reloadMe } from '../session.ts'
import { Form } from '../ui/form.tsx'
import { Qr } from '../ui/qr.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { showToast, tryOrToast } from '../ui/toast.tsx'
import { useWords } from '../words.ts'

/** How often the login is polled. */
const againMs = 3_000

type Act = (password?: string) => Promise<unknown>

/** Binds a Telegram account to this one, or releases it; with the password, where the sign-in is old. */
export function TelegramBinding({ bound }: { bound: boolean }) {
  const t = useWords()
  const [link, setLink] = useState<string>()
  const [asked, setAsked] = useState<Act>()
  const begin = (act: Act) =>
    void tryOrToast(
      act().catch((error: unknown) => {
        if (!(error instanceof Refused) || error.problem.code !== 'password_needed') throw error
        setAsked(() => act)
      }),
    )
  const release: Act = async (password) => {
    await api.auth.telegramUnlink({ password })
    await reloadMe()
    showToast({ text: t('telegramReleased') })
  }
  const bind: Act = async (password) => setLink((await api.auth.telegramLink({ password })).link)
  const offered = useQuery(ways).data?.telegram
  if (!bound && !offered) return null
  return (
    <>
      {bound ? (
        <Button variant="default" onClick={() => begin(release)}>
          {t('telegramUnlink')}
        </Button>
      ) : (
        <Button variant="default" leftSection={<IconBrandTelegram size={18} />} onClick={() => begin(bind)}>
          {t('telegramLinkDo')}
        </Button>
      )}
      {link && <Binding link={link} close={() => setLink(undefined)} />}
      {asked && <PasswordOnce act={asked} close={() => setAsked(undefined)} />}
    </>
  )
}

function PasswordOnce({ act, close }: { act: Act; close: () => void }) {
  const t = useWords()
  const send = async ({ password = '' }) => {
    await act(password)
    close()
  }
  return (
    <Sheet title={t('passwordAgain')} close={close}>
      <Form act={t('next')} send={send}>
        {({ errors }) => (
          <>
            <Text size="sm">{t('passwordAgainAbout')}</Text>
            <PasswordInput
              name="password"
              label={t('currentPassword')}
              autoComplete="current-password"
              visibilityToggleButtonProps={{ 'aria-label': t('showPassword') }}
              required
              maxLength={200}
              error={errors.password}
            />
          </>
        )}
      </Form>
    </Sheet>
  )
}

function Binding({ link, close }: { link: string; close: () => void }) {
  const t = useWords()
  const bound = useMe()?.card.telegramChatId !== null
  useEffect(() => {
    const timer = setInterval(() => void reloadMe().catch(() => {}), againMs)
    return () => clearInterval(timer)
  }, [])
  useEffect(() => {
    if (!bound) return
    showToast({ text: t('telegramBound') })
    close()
  })
  return (
    <Sheet title={t('telegramLinkDo')} close={close}>
      <Stack align="center">
        <Text>{t('telegramLinkAbout')}</Text>
        <TelegramButton link={link} />
        <Qr text={link} label={t('qrTelegram')} />
      </Stack>
    </Sheet>
  )
}
