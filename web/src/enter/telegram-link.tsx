import { Button, Group, Loader, Stack, Text } from '@mantine/core'
import { IconBrandTelegram } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Qr } from '../ui/qr.tsx'
import { useWords } from '../words.ts'

/** How often the page asks whether the chat has answered: well within the limit of requests of an anonymous client. */
export const againMs = 3_000

type Props = { about: string; link: string; children?: ReactNode }
/** A link to open in Telegram, here or by a phone's camera, while the page waits for the chat. */
export function TelegramLink({ about, link, children }: Props) {
  const t = useWords()
  return (
    <Stack align="center">
      <Text>{about}</Text>
      {children}
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
      <Qr text={link} label={t('qrTelegram')} />
      <Group gap="xs" role="status">
        <Loader size="xs" aria-hidden />
        <Text size="sm" c="dimmed">
          {t('waitingForTelegram')}
        </Text>
      </Group>
    </Stack>
  )
}
