import { Checkbox, Stack, Text, TextInput } from '@mantine/core'
import type { SeenInvitation } from '@repitbot/contracts/acceptance'
import { Refused } from '@repitbot/contracts/client'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { anonymousAuth } from '../clients.ts'
import { startSession } from '../session.ts'
import { zoneHere } from '../time-zones.ts'
import { Form } from '../ui/form.tsx'
import { LanguageField, languageIn } from '../ui/language-field.tsx'
import { QueryResult } from '../ui/query-result.tsx'
import { ZoneField } from '../ui/zone-field.tsx'
import { language, useWords } from '../words.ts'
import { EmailAndPassword } from './email-and-password.tsx'
import { LinkOver, useLinkOver } from './link-page.tsx'

type Proof = { token: string } | { code: string }

/** Accepts an invitation, by the token of its link or by its code. What it is for is told before anything else is asked. */
export function Account({ token }: { token?: string }) {
  return token ? <ByToken token={token} /> : <ByCode />
}

let asked: { token: string; seen: Promise<SeenInvitation> } | undefined
/** Asks once for a link: after its acceptance it would be refused, while the page that showed it is still there. */
function seeOnce(token: string): Promise<SeenInvitation> {
  if (asked?.token !== token) {
    asked = { token, seen: anonymousAuth.seeInvitation({ token }) }
    asked.seen.catch(() => (asked = undefined))
  }
  return asked.seen
}

function ByToken({ token }: { token: string }) {
  // The key has no secret in it, since answers are kept by their keys.
  const seen = useQuery({
    queryKey: ['invitation'],
    queryFn: () => seeOnce(token),
    retry: false,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  })
  const isOver = seen.error instanceof Refused && seen.error.problem.code === 'link_not_valid'
  if (isOver) return <LinkOver error={seen.error} />
  return <QueryResult query={seen}>{(found) => <Accept proof={{ token }} seen={found} />}</QueryResult>
}

function ByCode() {
  const t = useWords()
  const [found, setFound] = useState<{ proof: Proof; seen: SeenInvitation }>()
  if (found) return <Accept {...found} />
  const send = async ({ code = '' }) => setFound({ proof: { code }, seen: await anonymousAuth.seeInvitation({ code }) })
  return (
    <Form act={t('codeNext')} send={send}>
      {({ errors }) => (
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
    </Form>
  )
}

function Accept({ proof, seen }: { proof: Proof; seen: SeenInvitation }) {
  const t = useWords()
  const go = useNavigate()
  const [small, setSmall] = useState(false)
  const { over, noting } = useLinkOver()
  const send = async ({ name, email, password, zone, ...given }: Record<string, string>) => {
    const profile = { name, email, password, zone, language: languageIn(given) }
    await startSession(await noting(anonymousAuth.acceptInvitation({ ...proof, ...profile })))
    await go({ to: '/' })
  }
  if (over) return <LinkOver error={over} />
  return (
    <Stack>
      <Text c="dimmed">{t('acceptAbout')}</Text>
      <Facts seen={seen} />
      <Form act={t('accept')} send={send}>
        {({ errors }) => (
          <>
            {seen.name === null && (
              <TextInput
                name="name"
                label={t('yourName')}
                description={t('yourNameHint')}
                autoComplete="name"
                required
                maxLength={100}
                error={errors.name}
              />
            )}
            {!small && <EmailAndPassword errors={errors} />}
            {seen.role === 'student' && (
              <Checkbox label={t('withoutAccount')} checked={small} onChange={({ currentTarget }) => setSmall(currentTarget.checked)} />
            )}
            <LanguageField label={t('languageLabel')} defaultValue={language.get()} />
            <ZoneField name="zone" label={t('zone')} defaultValue={zoneHere()} error={errors.zone} />
          </>
        )}
      </Form>
    </Stack>
  )
}

/** Which school invites, who, as what, and for whom. */
function Facts({ seen: { school, invitedBy, role, name, students } }: { seen: SeenInvitation }) {
  const t = useWords()
  const facts = [
    [t('school'), school],
    [t('invitedBy'), invitedBy],
    [t('role'), t(`roles_${role}`)],
    ...(name === null ? [] : [[t('name'), name]]),
    ...(students.length ? [[t(role === 'parent' ? 'invitedChildren' : 'students'), students.join(', ')]] : []),
  ]
  return (
    <Stack gap={4}>
      {facts.map(([label, value]) => (
        <Text key={label} className="long-words">
          <Text span c="dimmed">
            {label}:{' '}
          </Text>
          {value}
        </Text>
      ))}
    </Stack>
  )
}
