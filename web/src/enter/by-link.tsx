import { Checkbox, Paper, Stack, Text, TextInput, Title } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { anonymousAuth } from '../clients.ts'
import { startSession } from '../session.ts'
import { zoneHere } from '../time-zones.ts'
import { fieldErrors } from '../ui/error-alert.tsx'
import { Form } from '../ui/form.tsx'
import { showToast } from '../ui/toast.tsx'
import { ZoneField } from '../ui/zone-field.tsx'
import { language, useWords } from '../words.ts'
import { NewPassword } from './new-password.tsx'

/** The secret of a link stands behind the #, which browsers send to nobody. */
const useToken = () => useState(() => location.hash.slice(1))[0]

type Errors = Record<string, string>
function EmailAndPassword({ errors }: { errors: Errors }) {
  const t = useWords()
  return (
    <>
      <TextInput name="email" type="email" label={t('email')} autoComplete="username" required maxLength={254} error={errors.email} />
      <NewPassword name="password" label={t('password')} error={errors.password} />
    </>
  )
}
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

/** Accepts an invitation, by the token of its link or by its code. */
export function Account({ token }: { token?: string }) {
  const t = useWords()
  const go = useNavigate()
  const [small, setSmall] = useState(false)
  const [nameless, setNameless] = useState(false)
  const send = async ({ code, name, email, password }: Record<string, string>) => {
    const given = { ...(token ? { token } : { code }), name, email, password }
    try {
      await startSession(await anonymousAuth.acceptInvitation(given))
    } catch (refused) {
      // Only the server knows whether the school has a name for whoever holds this invitation; the invitation is not spent by asking.
      if (nameless || !fieldErrors(refused).name) throw refused
      return setNameless(true)
    }
    await go({ to: '/' })
  }
  return (
    <Form act={t('accept')} send={send}>
      {({ errors }) => (
        <>
          {!token && (
            <TextInput
              name="code"
              label={t('code')}
              description={t('codeHint')}
              autoComplete="one-time-code"
              autoCapitalize="characters"
              spellCheck={false}
              required
              maxLength={200}
              error={errors.code}
            />
          )}
          {nameless && <YourName error={errors.name} />}
          {!small && <EmailAndPassword errors={errors} />}
          <Checkbox label={t('withoutAccount')} checked={small} onChange={({ currentTarget }) => setSmall(currentTarget.checked)} />
        </>
      )}
    </Form>
  )
}

/** Whoever the school does not know yet gives a name; the field comes after the others were filled in, so it takes the focus. */
function YourName({ error }: { error?: string }) {
  const t = useWords()
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])
  return (
    <TextInput
      ref={field}
      name="name"
      label={t('yourName')}
      description={t('yourNameHint')}
      autoComplete="name"
      required
      maxLength={100}
      error={error}
    />
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
