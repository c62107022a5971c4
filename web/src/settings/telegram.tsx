import { Button } from '@mantine/core'
import { IconBrandTelegram } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api } from '../clients.ts'
import { againMs, TelegramLink } from '../enter/telegram-link.tsx'
import { ways } from '../enter/ways.ts'
import { useMe } from '../me.ts'
import { reloadMe } from '../session.ts'
import { Sheet } from '../ui/sheet.tsx'
import { showToast } from '../ui/toast.tsx'
import { useWords } from '../words.ts'
import { type Act, useProof } from './proof.tsx'

/** Binds a Telegram account to this one, or releases it; with the password, where the sign-in is old. */
export function TelegramBinding({ bound }: { bound: boolean }) {
  const t = useWords()
  const [link, setLink] = useState<string>()
  const { begin, question } = useProof()
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
      {question}
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
      <TelegramLink about={t('telegramLinkAbout')} link={link} />
    </Sheet>
  )
}
