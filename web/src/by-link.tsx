import { Checkbox, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Form } from './form.tsx'
import { door, entered } from './session.ts'
import { tell } from './toast.tsx'
import { language, useWords } from './words.ts'

/** The secret of a link stands behind the #, which browsers send to nobody. */
const useToken = () => useState(() => location.hash.slice(1))[0]

function EmailAndPassword({ errors }: { errors: Record<string, string> }) {
  const t = useWords()
  return (
    <>
      <TextInput name="email" type="email" label={t('email')} autoComplete="username" required maxLength={254} error={errors.email} />
      <NewPassword label={t('password')} error={errors.password} />
    </>
  )
}
function NewPassword({ label, error }: { label: string; error?: string }) {
  const t = useWords()
  return (
    <PasswordInput
      name="password"
      label={label}
      description={t('passwordHint')}
      autoComplete="new-password"
      minLength={10}
      maxLength={200}
      required
      error={error}
    />
  )
}

export function FirstSchool() {
  const t = useWords()
  const go = useNavigate()
  const token = useToken()
  const send = async ({ school = '', name = '', email = '', password = '' }) => {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
    await entered(await door.firstSchool({ token, school, name, email, password, zone, language: language.get() }))
    await go({ to: '/' })
  }
  return (
    <Stack maw={400} mx="auto">
      <Title order={1}>{t('firstSchool')}</Title>
      {!token && <Text>{t('noLink')}</Text>}
      {token && (
        <Form act={t('firstSchoolDo')} send={send}>
          {({ errors }) => (
            <>
              <TextInput name="school" label={t('school')} required maxLength={100} error={errors.school} />
              <TextInput name="name" label={t('yourName')} autoComplete="name" required maxLength={100} error={errors.name} />
              <EmailAndPassword errors={errors} />
            </>
          )}
        </Form>
      )}
    </Stack>
  )
}

/** Takes an invitation up, by the token of its link or by the code that was read out. */
export function Account({ token }: { token?: string }) {
  const t = useWords()
  const go = useNavigate()
  const [small, setSmall] = useState(false)
  const send = async ({ code, email, password }: Record<string, string>) => {
    await entered(await door.acceptInvitation(token ? { token, email, password } : { code, email, password }))
    await go({ to: '/' })
  }
  return (
    <Form act={t('accept')} send={send}>
      {({ errors }) => (
        <>
          {!token && <TextInput name="code" label={t('code')} autoComplete="one-time-code" required maxLength={200} error={errors.code} />}
          {!small && <EmailAndPassword errors={errors} />}
          <Checkbox label={t('withoutAccount')} checked={small} onChange={(event) => setSmall(event.currentTarget.checked)} />
        </>
      )}
    </Form>
  )
}

export function Invited() {
  const t = useWords()
  const token = useToken()
  return (
    <Stack maw={400} mx="auto">
      <Title order={1}>{t('acceptTitle')}</Title>
      {token ? <Account token={token} /> : <Text>{t('noLink')}</Text>}
    </Stack>
  )
}

export function Reset() {
  const t = useWords()
  const go = useNavigate()
  const token = useToken()
  const send = async ({ password = '' }) => {
    await door.resetPassword({ token, password })
    tell({ text: t('passwordSet') })
    await go({ to: '/' })
  }
  return (
    <Stack maw={400} mx="auto">
      <Title order={1}>{t('newPassword')}</Title>
      {!token && <Text>{t('noLink')}</Text>}
      {token && (
        <Form act={t('setPassword')} send={send}>
          {({ errors }) => <NewPassword label={t('newPassword')} error={errors.password} />}
        </Form>
      )}
    </Stack>
  )
}
