import { Button } from '@mantine/core'
import { IconCloudOff, IconSparkles } from '@tabler/icons-react'
import { connected } from '../kept.ts'
import { useStore } from '../store.ts'
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
