import { Button, Group, Stack, Tabs, Text, Textarea, TextInput } from '@mantine/core'
import type { MadeInvitation } from '@repitbot/contracts/people'
import { IconCopy, IconShare } from '@tabler/icons-react'
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

/** An invitation in every form it may be handed over in: a text to send, a link, Telegram, a QR code, a code to read out. */
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
            <Message name={name} made={made} />
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

/** All of it as one text: which school invites whom as what, the ways to accept, and until when. */
function Message({ name, made }: Made) {
  const t = useWords()
  const who = useMe()
  const school = who?.memberships.find(({ userId }) => userId === who.card.userId)?.school ?? ''
  const role = t(`roles_${made.role}`)
  const text = [
    t('inviteTo', { school }),
    // Without a membership of their own it is a parent who is invited, and the name is the child's.
    made.userId === null && made.role === 'parent' ? t('inviteOfChild', { role, name }) : `${role}: ${name}`,
    `${t('link')}: ${made.link}`,
    made.telegramLink && `Telegram: ${made.telegramLink}`,
    made.code && `${t('code')}: ${made.code}`,
    t('inviteUntil', { until: momentText(made.expiresAt, who?.card.zone ?? 'UTC') }),
  ]
    .filter(Boolean)
    .join('\n')
  // Somebody who closes the browser's own window has sent nothing, which is no fault.
  const share = () => void navigator.share({ text }).catch(() => {})
  return (
    <Stack>
      <Textarea label={t('inviteMessage')} value={text} readOnly autosize onFocus={({ currentTarget }) => currentTarget.select()} />
      <Group grow>
        {canCopy && <Button onClick={() => void copy(text, t('copied'))}>{t('copyThe', { what: t('inviteMessage') })}</Button>}
        {'share' in navigator && (
          <Button variant="default" leftSection={<IconShare size={18} />} onClick={share}>
            {t('inviteShare')}
          </Button>
        )}
      </Group>
    </Stack>
  )
}

/** Over plain http a browser has no clipboard for pages: the text is selected by a tap and copied by hand. */
const canCopy = 'clipboard' in navigator
async function copy(text: string, done: string): Promise<void> {
  if (await tryOrToast(navigator.clipboard.writeText(text))) showToast({ text: done })
}

function CopyField({ label, value }: { label: string; value: string }) {
  const t = useWords()
  return (
    <Group align="end" wrap="nowrap" gap="xs">
      <TextInput className="grow" label={label} value={value} readOnly onFocus={({ currentTarget }) => currentTarget.select()} />
      {canCopy && (
        <Button variant="default" px="sm" aria-label={t('copyThe', { what: label })} onClick={() => void copy(value, t('copied'))}>
          <IconCopy size={18} />
        </Button>
      )}
    </Group>
  )
}
