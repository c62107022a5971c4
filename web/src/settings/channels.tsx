import { ActionIcon, Button, Group, Stack, Switch, Text } from '@mantine/core'
import type { PersonCard } from '@repitbot/contracts/person-card'
import { IconArrowUp, IconBrandTelegram, IconMail, IconSend } from '@tabler/icons-react'
import { api } from '../clients.ts'
import { reloadMe } from '../session.ts'
import { showToast, tryOrToast } from '../ui/toast.tsx'
import { useWords } from '../words.ts'
import { TelegramBinding } from './telegram.tsx'

type Channel = PersonCard['channels'][number]
const icons = { telegram: IconBrandTelegram, email: IconMail }
const all = Object.keys(icons) as Channel[]

/** Where news is sent beside the inbox: to the first of these that works. */
export function Channels({ card }: { card: PersonCard }) {
  const t = useWords()
  const { channels, email, telegramChatId } = card
  const set = (next: Channel[]) => void tryOrToast(api.people.changeMe({ channels: next }).then(reloadMe))
  const address = { email: email ?? t('noEmail'), telegram: telegramChatId ? t('telegramBound') : t('telegramNotBound') }
  const tested = async (channel: Channel) => {
    if (await tryOrToast(api.preferences.test({ channel }))) showToast({ text: t('testSent') })
  }
  const rows = [...channels, ...all.filter((channel) => !channels.includes(channel))]
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {t('channelsAbout')}
      </Text>
      <div className="rows flush">
        {rows.map((channel) => {
          const Icon = icons[channel]
          const place = channels.indexOf(channel)
          return (
            <div key={channel} className="row">
              <Icon size={22} aria-hidden />
              <div className="grow">
                <Text fw={600}>{t(`channel_${channel}`)}</Text>
                <Text size="sm" c="dimmed">
                  {address[channel]}
                </Text>
              </div>
              {place > 0 && (
                <ActionIcon
                  variant="default"
                  size="lg"
                  aria-label={t('channelFirst', { channel: t(`channel_${channel}`) })}
                  onClick={() => set([channel, ...channels.filter((other) => other !== channel)])}
                >
                  <IconArrowUp size={18} />
                </ActionIcon>
              )}
              <Switch
                aria-label={t('channelUse', { channel: t(`channel_${channel}`) })}
                checked={place >= 0}
                onChange={({ currentTarget }) =>
                  set(currentTarget.checked ? [...channels, channel] : channels.filter((other) => other !== channel))
                }
              />
            </div>
          )
        })}
      </div>
      <Group>
        <TelegramBinding bound={telegramChatId !== null} />
        {channels[0] && (
          <Button variant="default" leftSection={<IconSend size={18} />} onClick={() => void tested(channels[0] ?? 'email')}>
            {t('testSend', { channel: t(`channel_${channels[0]}`) })}
          </Button>
        )}
      </Group>
    </Stack>
  )
}
