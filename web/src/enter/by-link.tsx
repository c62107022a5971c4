import { Checkbox, Paper, Stack, Text, TextInput, Title } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { anonymousAuth } from '../clients.ts'
import { startSession } from '../session.ts'
import { zoneHere } from '../time-zones.ts'
import { Form } from '../ui/form.tsx'
import { showToast } from '../ui/toast.tsx'
import { ZoneField } from '../ui/zone-field.tsx'
import { language, useWords } from '../words.ts'
import { Account } from './accept.tsx'
import { EmailAndPassword } from './email-and-password.tsx'
import { NewPassword } from './new-password.tsx'

/** The secret of a link stands behind the #, which browsers send to nobody. */
const useToken = () => useState(() => location.hash.slice(1))[0]

function ByLink({ title, about, token, children }: { title: string; about?: string; token: string; children: ReactNode }) {
  const t = useWords()
  return (
    <div className="enter">
      <Title order={1}>{title}</Title>
      {!token && <Text>{t('noLink')}</Text>}
      {token && about && <Text c="dimmed">{about}</Text>}
      {token && (
        <Paper withBorder p="lg">
          {children}
        </Paper>
      )}
    </div>
  )
}

export function FirstSchool() {
  const t = useWords()
  const go = useNavigate()
  const token = useToken()
  const send = async ({ school = '', name = '', email = '', password = '', zone = '', teaches }: Record<string, string | undefined>) => {
    const given = { token, school, name, email, password, zone, language: language.get(), teaches: teaches !== undefined }
    await startSession(await anonymousAuth.firstSchool(given))
    await go({ to: '/' })
  }
  return (
    <ByLink title={t('firstSchool')} about={t('firstSchoolAbout')} token={token}>
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
    </ByLink>
  )
}

export function Invited() {
  const t = useWords()
  const token = useToken()
  return (
    <ByLink title={t('acceptTitle')} about={t('acceptAbout')} token={token}>
      <Account token={token} />
    </ByLink>
  )
}

export function Reset() {
  const t = useWords()
  const go = useNavigate()
  const token = useToken()
  const send = async ({ password = '' }) => {
    await anonymousAuth.resetPassword({ token, password })
    showToast({ text: t('passwordSet') })
    await go({ to: '/' })
  }
  return (
    <ByLink title={t('newPassword')} token={token}>
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
    </ByLink>
  )
}
