import { Button } from '@mantine/core'
import { IconCloudOff, IconMail, IconSparkles } from '@tabler/icons-react'
import { api } from '../clients.ts'
import { connected } from '../kept.ts'
import { useMe } from '../me.ts'
import { useStore } from '../store.ts'
import { showToast, tryOrToast } from '../ui/toast.tsx'
import { newer, takeUpdate } from '../update.ts'
import { useWords } from '../words.ts'

/** What is worth knowing on any page: there is no connection, or a newer page waits. */
export function Bars() {
  const t = useWords()
  const reached = useStore(connected)
  const worker = useStore(newer)
  return (
    <div role="status">
      {!reached && (
        <div className="notice-bar">
          <IconCloudOff size={18} aria-hidden />
          <span className="grow">{t('offline')}</span>
        </div>
      )}
      <Unconfirmed />
      {worker && (
        <div className="notice-bar">
          <IconSparkles size={18} aria-hidden />
          <span className="grow">{t('newer')}</span>
          <Button size="compact-sm" onClick={() => takeUpdate(worker)}>
            {t('update')}
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => newer.set(undefined)}>
            {t('notNow')}
          </Button>
        </div>
      )}
    </div>
  )
}

/** An address that nobody has confirmed gets no notices, and whoever proves it may take it. */
function Unconfirmed() {
  const t = useWords()
  const email = useMe()?.unconfirmedEmail
  const send = async () => {
    if (await tryOrToast(api.auth.sendConfirmation({}))) showToast({ text: t('confirmSent') })
  }
  if (!email) return null
  return (
    <div className="notice-bar">
      <IconMail size={18} aria-hidden />
      <span className="grow">{t('unconfirmed', { email })}</span>
      <Button size="compact-sm" variant="default" onClick={() => void send()}>
        {t('sendAgain')}
      </Button>
    </div>
  )
}
