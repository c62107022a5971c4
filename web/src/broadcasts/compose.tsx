import { Anchor, Button, Card, Checkbox, Stack, Text, Textarea } from '@mantine/core'
import { type BroadcastPreview, broadcastCharactersMax, type NewBroadcast } from '@repitbot/contracts/broadcast'
import type { CallOptions } from '@repitbot/contracts/client'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../clients.ts'
import { useMe } from '../me.ts'
import { queries } from '../queries.ts'
import { Restored, useDraft } from '../ui/draft.tsx'
import { Form } from '../ui/form.tsx'
import { showToast } from '../ui/toast.tsx'
import { useWords } from '../words.ts'

type Role = NewBroadcast['roles'][number]

/** A message is written, previewed with the number of readers, and only then sent. */
export function Compose({ done }: { done: (sent: { id: string; text: string }) => void }) {
  const t = useWords()
  const admin = useMe()?.card.role === 'admin'
  const typed = useDraft('broadcast', { text: '', roles: ['student', 'parent'] as Role[] })
  const { text, roles } = typed.draft
  const [preview, setPreview] = useState<BroadcastPreview>()
  const loadPreview = async () => setPreview(await api.broadcasts.preview({ roles, text }))
  const send = async (_: object, once: CallOptions) => {
    const sent = await api.broadcasts.send({ roles, text }, once)
    typed.forget()
    await queries.invalidateQueries({ queryKey: ['broadcasts'] })
    showToast({ text: t('broadcastSent') })
    done(sent)
  }
  if (preview)
    return (
      <Stack>
        <Reading preview={preview} />
        <Form act={t('sendTo', { count: preview.recipients })} send={send}>
          {() => (
            <Button variant="default" onClick={() => setPreview(undefined)}>
              {t('changeText')}
            </Button>
          )}
        </Form>
      </Stack>
    )
  return (
    <Form act={t('preview')} send={loadPreview}>
      {({ errors }) => (
        <>
          <Restored {...typed} />
          <Checkbox.Group
            label={t('toWhom')}
            description={admin ? t('toWhomSchool') : t('toWhomOwn')}
            value={roles}
            onChange={(chosen) => typed.change({ roles: chosen as Role[] })}
            error={errors.roles}
          >
            <Stack gap="xs" mt="xs">
              {(['student', 'parent', ...(admin ? (['tutor'] as const) : [])] as const).map((role) => (
                <Checkbox key={role} value={role} label={t(`group_${role}`)} />
              ))}
            </Stack>
          </Checkbox.Group>
          <Textarea
            name="text"
            label={t('broadcastText')}
            description={t('leftOf', { left: broadcastCharactersMax - text.length })}
            value={text}
            onChange={({ currentTarget }) => typed.change({ text: currentTarget.value })}
            maxLength={broadcastCharactersMax}
            required
            autosize
            minRows={5}
            error={errors.text}
          />
        </>
      )}
    </Form>
  )
}

function Reading({ preview: { recipients, byChannel, texts } }: { preview: BroadcastPreview }) {
  const t = useWords()
  return (
    <>
      <Text fw={650}>{t('recipients', { count: recipients })}</Text>
      <Text size="sm" c="dimmed">
        {t('byChannel', byChannel)}
      </Text>
      {byChannel.notJoined > 0 && (
        <Text size="sm">
          {t('notJoinedWillNotRead', { count: byChannel.notJoined })}{' '}
          <Anchor
            renderRoot={(props) => <Link to="/people" search={{ state: 'notJoined' }} replace {...props} />}
            inherit
            underline="always"
          >
            {t('inviteThem')}
          </Anchor>
        </Text>
      )}
      {texts.map(({ language, title, body }) => (
        <Card key={language} lang={language}>
          <Text size="sm" c="dimmed">
            {t(language === 'ru' ? 'inRussian' : 'inEnglish')}
          </Text>
          <Text fw={650}>{title}</Text>
          <Text style={{ whiteSpace: 'pre-line' }}>{body}</Text>
        </Card>
      ))}
    </>
  )
}
