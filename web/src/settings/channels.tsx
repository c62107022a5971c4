import { Button, Group, Stack, Switch, Text } from '@mantine/core'
import { type Channel, channelsToUse, channelsWithAddress, type PersonCard } from '@repitbot/contracts/person-card'
import { IconBrandTelegram, IconMail, IconSend } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { api } from '../clients.ts'
import { reloadCard } from '../session.ts'
import { QueryResult } from '../ui/query-result.tsx'
import { useReplace } from '../ui/replace.ts'
import { showToast, tryOrToast } from '../ui/toast.tsx'
import { useWords } from '../words.ts'
import { TelegramBinding } from './telegram.tsx'

const icons = { telegram: IconBrandTelegram, email: IconMail }
const all = Object.keys(icons) as Channel[]
type Open = { configured: Channel[]; blocked: Channel[] }

/** Where notices are sent beside the inbox. Until somebody chooses, the switches show what is used by default. */
export function Channels({ card }: { card: PersonCard }) {
  const query = useQuery({ queryKey: ['channels'], queryFn: () => api.preferences.channels({}) })
  return <QueryResult query={query}>{(open) => <Choosing card={card} open={open} />}</QueryResult>
}

function Choosing({ card, open: { configured, blocked } }: { card: PersonCard; open: Open }) {
  const t = useWords()
  const { channels, email, telegramChatId } = card
  const usable = channelsWithAddress(card).filter((one) => configured.includes(one) && !blocked.includes(one))
  const used = channels ?? channelsToUse(null, usable)
  const first = used.find((one) => usable.includes(one))
  const replace = useReplace(card, { shown: { channels: true }, load: reloadCard })
  const set = (next: Channel[]) => void tryOrToast(replace((version) => api.people.changeMe({ channels: next, version })))
  const address = { email: email ?? t('noEmail'), telegram: telegramChatId ? t('telegramBound') : t('telegramNotBound') }
  const about = (channel: Channel) =>
    !configured.includes(channel) ? t('channelNotConfigured') : blocked.includes(channel) ? t('channelBlocked') : address[channel]
  const tested = async (channel: Channel) => {
    if (await tryOrToast(api.preferences.test({ channel }))) showToast({ text: t('testSent') })
  }
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {t('channelsAbout')} {channels === null && first && t('channelsUsual', { channel: t(`channel_${first}`) })}
        {channels?.length === 0 && t('channelsNone')}
      </Text>
      <div className="rows flush">
        {all
          .filter((channel) => configured.includes(channel) || used.includes(channel))
          .map((channel) => {
            const Icon = icons[channel]
            return (
              <div key={channel} className="row">
                <Icon size={22} aria-hidden />
                <div className="grow">
                  <Text fw={600}>{t(`channel_${channel}`)}</Text>
                  <Text size="sm" c="dimmed">
                    {about(channel)}
                  </Text>
                </div>
                <Switch
                  aria-label={t('channelUse', { channel: t(`channel_${channel}`) })}
                  checked={used.includes(channel)}
                  onChange={({ currentTarget }) =>
                    set(currentTarget.checked ? [...used, channel] : used.filter((other) => other !== channel))
                  }
                />
              </div>
            )
          })}
      </div>
      <Group>
        <TelegramBinding bound={telegramChatId !== null} />
        {first && (
          <Button variant="default" leftSection={<IconSend size={18} />} onClick={() => void tested(first)}>
            {t('testSend', { channel: t(`channel_${first}`) })}
          </Button>
        )}
      </Group>
    </Stack>
  )
}
