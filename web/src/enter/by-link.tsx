import { Checkbox, Stack, Text, TextInput } from '@mantine/core'
import type { CallOptions } from '@repitbot/contracts/client'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { anonymousAuth, api } from '../clients.ts'
import { startSession } from '../session.ts'
import { zoneHere } from '../time-zones.ts'
import { Form } from '../ui/form.tsx'
import { showToast } from '../ui/toast.tsx'
import { ZoneField } from '../ui/zone-field.tsx'
import { language, useWords } from '../words.ts'
import { Account } from './accept.tsx'
import { EmailAndPassword } from './email-and-password.tsx'
import { LinkPage, useLinkOver, useToken } from './link-page.tsx'
import { NewPassword } from './new-password.tsx'

export function FirstSchool() {
  const t = useWords()
  const go = useNavigate()
  const token = useToken()
  const { over, noting } = useLinkOver()
  const send = async ({ school = '', name = '', email = '', password = '', zone = '', teaches }: Record<string, string | undefined>) => {
    const given = { token, school, name, email, password, zone, language: language.get(), teaches: teaches !== undefined }
    await startSession(await noting(anonymousAuth.firstSchool(given)))
    await go({ to: '/' })
  }
  return (
    <LinkPage title={t('firstSchool')} about={t('firstSchoolAbout')} token={token} over={over}>
      <Form act={t('firstSchoolDo')} send={send}>
        {({ errors }) => (
          <>
            <TextInput
              name="school"
              label={t('schoolName')}
              description={t('schoolNameHint')}
              autoComplete="organization"
              required
              maxLength={100}
              error={errors.school}
            />
            <ZoneField name="zone" label={t('zone')} defaultValue={zoneHere()} error={errors.zone} />
            <TextInput name="name" label={t('yourName')} autoComplete="name" required maxLength={100} error={errors.name} />
            <Checkbox name="teaches" label={t('teachesMyself')} description={t('teachesMyselfHint')} defaultChecked />
            <EmailAndPassword errors={errors} />
          </>
        )}
      </Form>
    </LinkPage>
  )
}

export function Invited() {
  const t = useWords()
  const token = useToken()
  return (
    <LinkPage title={t('acceptTitle')} token={token}>
      <Account token={token} />
    </LinkPage>
  )
}

export function Reset() {
  const t = useWords()
  const go = useNavigate()
  const token = useToken()
  const { over, noting } = useLinkOver()
  const send = async ({ password = '' }) => {
    await noting(anonymousAuth.resetPassword({ token, password }))
    showToast({ text: t('passwordSet') })
    await go({ to: '/' })
  }
  return (
    <LinkPage title={t('newPassword')} token={token} over={over}>
      <Stack>
        <Form act={t('setPassword')} send={send}>
          {({ errors }) => (
            <>
              <input type="email" autoComplete="username" hidden />
              <NewPassword name="password" label={t('newPassword')} error={errors.password} />
            </>
          )}
        </Form>
      </Stack>
    </LinkPage>
  )
}

/** Where a letter that many people get leads to: the address has the token before the #, because mail programs call it too. */
export function Unsubscribe() {
  const t = useWords()
  const [token] = useState(() => new URLSearchParams(location.search).get('token') ?? '')
  const [done, setDone] = useState(false)
  const { over, noting } = useLinkOver()
  const send = async (_: object, once: CallOptions) => {
    await noting(api.unsubscribe.byLetter({ token }, once))
    setDone(true)
  }
  return (
    <LinkPage title={t('unsubscribe')} token={token} over={over}>
      {done ? (
        <Text role="status">{t('unsubscribed')}</Text>
      ) : (
        <Form act={t('unsubscribeDo')} send={send}>
          {() => <Text>{t('unsubscribeAbout')}</Text>}
        </Form>
      )}
    </LinkPage>
  )
}
