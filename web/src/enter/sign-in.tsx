import { Alert, Anchor, Button, Divider, Group, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core'
import { IconBrandTelegram, IconClock, IconTicket } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { anonymousAuth } from '../clients.ts'
import { sessionOver } from '../me.ts'
import { startSession } from '../session.ts'
import { useStore } from '../store.ts'
import { Form } from '../ui/form.tsx'
import { failureText, useWords } from '../words.ts'
import { ways } from './ways.ts'

const Account = lazy(async () => ({ default: (await import('./accept.tsx')).Account }))
const ByTelegram = lazy(async () => ({ default: (await import('./by-telegram.tsx')).ByTelegram }))

type Way = 'password' | 'telegram' | 'code' | 'forgot'
const titles = { password: 'signIn', telegram: 'byTelegram', code: 'haveCode', forgot: 'forgot' } as const

/** The ways to sign in; Telegram only where there is a bot. None of them reveals who has an account here. */
export function SignIn() {
  const t = useWords()
  const over = useStore(sessionOver)
  const [way, setWay] = useState<Way>('password')
  const offered = useQuery(ways).data
  return (
    <div className="enter">
      <Title order={1}>{t(titles[way])}</Title>
      {over && <Alert color="amber" role="status" icon={<IconClock />} title={failureText('session_over')} />}
      <Paper withBorder p="lg">
        <Suspense>
          {way === 'password' && <ByPassword forgot={() => setWay('forgot')} />}
          {way === 'telegram' && <ByTelegram />}
          {way === 'code' && <Account />}
          {way === 'forgot' && (offered?.letters === false ? <Text>{t('forgotNoMail')}</Text> : <Forgot />)}
        </Suspense>
      </Paper>
      {way === 'password' ? (
        <>
          <Divider label={t('or')} />
          {offered?.telegram && (
            <Button variant="default" size="md" leftSection={<IconBrandTelegram size={20} />} onClick={() => setWay('telegram')}>
              {t('byTelegram')}
            </Button>
          )}
          <Button variant="default" size="md" leftSection={<IconTicket size={20} />} onClick={() => setWay('code')}>
            {t('haveCode')}
          </Button>
        </>
      ) : (
        <Button variant="subtle" onClick={() => setWay('password')}>
          {t('backToSignIn')}
        </Button>
      )}
    </div>
  )
}

function ByPassword({ forgot }: { forgot: () => void }) {
  const t = useWords()
  return (
    <Stack>
      <Form
        act={t('signInDo')}
        send={async ({ email = '', password = '' }) => startSession(await anonymousAuth.login({ email, password }))}
      >
        {({ errors }) => (
          <>
            <TextInput name="email" type="email" label={t('email')} autoComplete="username" required maxLength={254} error={errors.email} />
            <PasswordInput
              name="password"
              label={t('password')}
              autoComplete="current-password"
              visibilityToggleButtonProps={{ 'aria-label': t('showPassword') }}
              required
              maxLength={200}
              error={errors.password}
            />
          </>
        )}
      </Form>
      <Group justify="center">
        <Anchor component="button" type="button" size="sm" onClick={forgot}>
          {t('forgot')}
        </Anchor>
      </Group>
    </Stack>
  )
}

function Forgot() {
  const t = useWords()
  const [sent, setSent] = useState(false)
  if (sent) return <Text role="status">{t('forgotSent')}</Text>
  return (
    <Form act={t('forgotSend')} send={async ({ email = '' }) => anonymousAuth.forgotPassword({ email }).then(() => setSent(true))}>
      {({ errors }) => (
        <TextInput name="email" type="email" label={t('email')} autoComplete="username" required maxLength={254} error={errors.email} />
      )}
    </Form>
  )
}
