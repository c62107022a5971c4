import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { IconPlus, IconSpeakerphone } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../clients.ts'
import { useMe } from '../me.ts'
import { momentText } from '../time.ts'
import { Empty } from '../ui/empty.tsx'
import { QueryResult } from '../ui/query-result.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { useWords } from '../words.ts'
import { Compose } from './compose.tsx'
import { Report } from './report.tsx'

/** Messages to many: written, previewed before they are sent, and followed afterwards. */
export function Broadcasts() {
  const t = useWords()
  const zone = useMe()?.card.zone ?? 'UTC'
  const [open, setOpen] = useState<'new' | { id: string; text: string }>()
  const query = useQuery({ queryKey: ['broadcasts'], queryFn: () => api.broadcasts.list({}) })
  const close = () => setOpen(undefined)
  return (
    <Stack gap="lg">
      <Group justify="space-between">
        <Title order={1}>{t('broadcasts')}</Title>
        <Button leftSection={<IconPlus size={18} />} onClick={() => setOpen('new')}>
          {t('broadcastNew')}
        </Button>
      </Group>
      <QueryResult query={query}>
        {(all) =>
          all.length === 0 ? (
            <Empty icon={IconSpeakerphone} text={t('noBroadcasts')} />
          ) : (
            <div className="rows card">
              {all.map(({ id, text, createdAt, recipients }) => (
                <button key={id} type="button" className="row" onClick={() => setOpen({ id, text })}>
                  <span className="grow">
                    <Text lineClamp={2}>{text}</Text>
                    <Text size="sm" c="dimmed">
                      {`${momentText(createdAt, zone)}, ${t('recipients', { count: recipients })}`}
                    </Text>
                  </span>
                </button>
              ))}
            </div>
          )
        }
      </QueryResult>
      {open === 'new' && (
        <Sheet title={t('broadcastNew')} close={close}>
          <Compose done={(sent) => setOpen(sent)} />
        </Sheet>
      )}
      {open && open !== 'new' && (
        <Sheet title={t('broadcastReport')} close={close}>
          <Report broadcastId={open.id} text={open.text} />
        </Sheet>
      )}
    </Stack>
  )
}
