import { Button, Group, Stack, Tabs, Text, TextInput } from '@mantine/core'
import type { MadeInvitation } from '@repitbot/contracts/people'
import { IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import { api } from '../clients.ts'
import { useMe } from '../me.ts'
import { queries } from '../queries.ts'
import { momentText } from '../time.ts'
import { Qr } from '../ui/qr.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { showToast, tryOrToast } from '../ui/toast.tsx'
import { useWords } from '../words.ts'

type Made = { name: string; made: MadeInvitation }

/** Makes an invitation and keeps its secret, which is shown once. */
export function useInvite() {
  const [made, setMade] = useState<Made>()
  const invite = async (name: string, request: Parameters<typeof api.people.invite>[0]) => {
    const done = api.people.invite(request).then((answer) => setMade({ name, made: answer }))
    if (await tryOrToast(done)) await queries.invalidateQueries({ queryKey: ['people'] })
  }
  return { made, invite, close: () => setMade(undefined) }
}

/** An invitation in every form it may be handed over in: a link, Telegram, a QR code, a code to read out. */
export function Invitation({ name, made, close }: Made & { close: () => void }) {
  const t = useWords()
  const zone = useMe()?.card.zone ?? 'UTC'
  return (
    <Sheet title={t('invitation', { name })} close={close}>
      <Tabs defaultValue="link">
        <Tabs.List grow mb="md">
          <Tabs.Tab value="link">{t('link')}</Tabs.Tab>
          {made.telegramLink && <Tabs.Tab value="telegram">Telegram</Tabs.Tab>}
          <Tabs.Tab value="qr">{t('qr')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="link">
          <Stack>
            <CopyField label={t('link')} value={made.link} />
            {made.code !== null && <CopyField label={t('code')} value={made.code} />}
          </Stack>
        </Tabs.Panel>
        {made.telegramLink && (
          <Tabs.Panel value="telegram">
            <CopyField label={t('telegramLink')} value={made.telegramLink} />
          </Tabs.Panel>
        )}
        <Tabs.Panel value="qr">
          <Group justify="center">
            <Qr text={made.link} label={t('qrOf', { name })} />
          </Group>
        </Tabs.Panel>
      </Tabs>
      <Text size="sm" c="dimmed" mt="md">
        {t('invitationHint', { until: momentText(made.expiresAt, zone) })}
      </Text>
    </Sheet>
  )
}

function CopyField({ label, value }: { label: string; value: string }) {
  const t = useWords()
  const copy = async () => {
    if (await tryOrToast(navigator.clipboard.writeText(value))) showToast({ text: t('copied') })
  }
  return (
    <Group align="end" wrap="nowrap" gap="xs">
      <TextInput className="grow" label={label} value={value} readOnly onFocus={({ currentTarget }) => currentTarget.select()} />
      <Button variant="default" px="sm" aria-label={t('copyThe', { what: label })} onClick={() => void copy()}>
        <IconCopy size={18} />
      </Button>
    </Group>
  )
}
