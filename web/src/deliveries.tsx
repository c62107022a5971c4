import { Badge, Group, Text } from '@mantine/core'
import type { Delivery, Notice } from '@repitbot/contracts/inbox'
import { IconAlertTriangle, IconBan, IconCheck, IconClock, IconHelp, IconHourglass } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { api } from './clients.ts'
import { momentText } from './time.ts'
import { CardsLoading, QueryResult } from './ui/query-result.tsx'
import { useWords } from './words.ts'

export const deliveryFaces = {
  waiting: ['slate', IconClock],
  sent: ['green', IconCheck],
  uncertain: ['amber', IconHelp],
  failed: ['red', IconAlertTriangle],
  blocked: ['red', IconBan],
  expired: ['slate', IconHourglass],
} as const

/** Where a notice went beside the inbox, and what came of it. */
export function Deliveries({ notice: { id, readAt }, zone }: { notice: Notice; zone: string }) {
  const t = useWords()
  const query = useQuery({ queryKey: ['deliveries', id], queryFn: () => api.inbox.deliveries({ noticeId: id }) })
  return (
    <QueryResult query={query} loading={<CardsLoading count={1} height={32} />}>
      {(all) => (
        <div className="deliveries" role="status">
          <Text size="sm">{readAt ? t('readHere', { when: momentText(readAt, zone) }) : t('notReadHere')}</Text>
          {all.length === 0 && (
            <Text size="sm" c="dimmed">
              {t('inboxOnly')}
            </Text>
          )}
          {all.map((delivery) => (
            <One key={delivery.channel} delivery={delivery} zone={zone} />
          ))}
        </div>
      )}
    </QueryResult>
  )
}

function One({ delivery: { channel, state, at }, zone }: { delivery: Delivery; zone: string }) {
  const t = useWords()
  const [color, Icon] = deliveryFaces[state]
  return (
    <Group gap="xs">
      <Text size="sm">{t(`channel_${channel}`)}</Text>
      <Badge color={color} leftSection={<Icon size={13} aria-hidden />}>
        {t(`delivery_${state}`)}
      </Badge>
      <Text size="sm" c="dimmed">
        {momentText(at, zone)}
      </Text>
    </Group>
  )
}
