import { Button, Stack, Text } from '@mantine/core'
import { IconBrandTelegram } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api } from '../clients.ts'
import { TelegramButton } from '../enter/by-telegram.tsx'
import { ways } from '../enter/ways.ts'
import { useMe } from '../me.ts'
import { reloadMe } from '../session.ts'
import { Qr } from '../ui/qr.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { showToast, tryOrToast } from '../ui/toast.tsx'
import { useWords } from '../words.ts'

/** How often the login is polled. */
const againMs = 3_000

/** Binds a Telegram account to this one, or releases it. */
export function TelegramBinding({ bound }: { bound: boolean }) {
  const t = useWords()
  const [link, setLink] = useState<string>()
  const release = async () => {
    if (!(await tryOrToast(api.auth.telegramUnlink({}).then(reloadMe)))) return
    showToast({ text: t('telegramReleased') })
  }
  const offered = useQuery(ways).data?.telegram
  if (bound)
    return (
      <Button variant="default" onClick={() => void release()}>
        {t('telegramUnlink')}
      </Button>
    )
  if (!offered) return null
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconBrandTelegram size={18} />}
        onClick={() => void tryOrToast(api.auth.telegramLink({}).then((made) => setLink(made.link)))}
      >
        {t('telegramLinkDo')}
      </Button>
      {link && <Binding link={link} close={() => setLink(undefined)} />}
    </>
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
