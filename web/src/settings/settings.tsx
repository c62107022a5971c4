import { Card, Stack, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useMe } from '../me.ts'
import { useWords } from '../words.ts'
import { Channels } from './channels.tsx'
import { ChangePassword } from './password.tsx'
import { Preferences } from './preferences.tsx'
import { Profile } from './profile.tsx'
import { QuietHours } from './quiet-hours.tsx'
import { Sessions } from './sessions.tsx'

/** Everything people decide about themselves here. */
export function Settings() {
  const t = useWords()
  const who = useMe()
  if (!who) return null
  const { card } = who
  const email = card.email ?? who.unconfirmedEmail
  return (
    <Stack gap="lg">
      <Title order={1}>{t('settings')}</Title>
      <Section id="profile" title={t('profile')}>
        <Profile card={card} />
      </Section>
      <Section id="channels" title={t('channels')}>
        <Channels card={card} />
      </Section>
      <Section id="quiet" title={t('quietHours')}>
        <QuietHours card={card} />
      </Section>
      <Section id="preferences" title={t('preferences')}>
        <Preferences role={card.role} />
      </Section>
      {email && (
        <Section id="password" title={t('password')}>
          <ChangePassword email={email} />
        </Section>
      )}
      <Section id="sessions" title={t('sessions')}>
        <Sessions />
      </Section>
    </Stack>
  )
}

const Section = ({ id, title, children }: { id: string; title: string; children: ReactNode }) => (
  <Card component="section" id={id} aria-labelledby={`${id}-title`} padding="lg">
    <Title order={2} mb="md" id={`${id}-title`}>
      {title}
    </Title>
    {children}
  </Card>
)
