import { Badge, Button, Card, Group, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMe } from './me.ts'
import { inbox, queries } from './session.ts'
import { momentText } from './time.ts'
import { tell } from './toast.tsx'
import { Asked } from './trouble.tsx'
import { unread } from './unread.ts'
import { useWords } from './words.ts'

export function Inbox() {
  const t = useWords()
  const zone = useMe()?.card.zone ?? 'UTC'
  const query = useQuery({ queryKey: ['inbox'], queryFn: async () => (await inbox.list({ limit: 100 })).notices })
  const readAll = async (upTo: string) => {
    unread.set((await inbox.readAll({ upTo })).unread)
    await queries.invalidateQueries({ queryKey: ['inbox'] })
  }
  return (
    <Stack>
      <Title order={1}>{t('inbox')}</Title>
      <Asked query={query}>
        {(notices) => (
          <Stack>
            {notices.length === 0 && <Text>{t('inboxEmpty')}</Text>}
            {notices[0] && notices.some(({ readAt }) => !readAt) && (
              <Button variant="default" onClick={() => void readAll(notices[0]?.id ?? '').catch(() => tell({ text: t('lost') }))}>
                {t('readAll')}
              </Button>
            )}
            {notices.map(({ id, title, body, createdAt, readAt }) => (
              <Card withBorder component="article" key={id}>
                <Group justify="space-between" wrap="nowrap" align="start">
                  <Text fw={readAt ? 400 : 700}>{title}</Text>
                  {!readAt && (
                    <Badge variant="outline" c="var(--mantine-color-text)">
                      {t('unreadMark')}
                    </Badge>
                  )}
                </Group>
                {body.split('\n').map((line) => (
                  <Text key={line} size="sm">
                    {line}
                  </Text>
                ))}
                <Text size="xs">{momentText(createdAt, zone)}</Text>
              </Card>
            ))}
          </Stack>
        )}
      </Asked>
    </Stack>
  )
}
