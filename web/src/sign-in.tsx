import { Button, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core'
import { useState } from 'react'
import { Account } from './by-link.tsx'
import { Form } from './form.tsx'
import { door, entered } from './session.ts'
import { useWords } from './words.ts'

export function SignIn() {
  const t = useWords()
  const [way, setWay] = useState<'password' | 'code' | 'forgot'>('password')
  const [sent, setSent] = useState(false)
  if (way === 'password')
    return (
      <Stack maw={400} mx="auto">
        <Title order={1}>{t('signIn')}</Title>
        <Form act={t('signInDo')} send={async ({ email = '', password = '' }) => entered(await door.login({ email, password }))}>
          {({ errors }) => (
            <>
              <TextInput name="email" type="email" label={t('email')} autoComplete="username" required error={errors.email} />
              <PasswordInput name="password" label={t('password')} autoComplete="current-password" required error={errors.password} />
            </>
          )}
        </Form>
        <Button variant="default" onClick={() => setWay('code')}>
          {t('haveCode')}
        </Button>
        <Button variant="default" onClick={() => setWay('forgot')}>
          {t('forgot')}
        </Button>
      </Stack>
    )
  return (
    <Stack maw={400} mx="auto">
      <Title order={1}>{way === 'code' ? t('haveCode') : t('forgot')}</Title>
      {way === 'code' && <Account />}
      {way === 'forgot' && !sent && (
        <Form act={t('forgotSend')} send={async ({ email = '' }) => door.forgotPassword({ email }).then(() => setSent(true))}>
          {({ errors }) => <TextInput name="email" type="email" label={t('email')} autoComplete="username" required error={errors.email} />}
        </Form>
      )}
      {sent && <Text role="status">{t('forgotSent')}</Text>}
      <Button variant="default" onClick={() => setWay('password')}>
        {t('back')}
      </Button>
    </Stack>
  )
}
