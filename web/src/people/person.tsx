import { Button, Group, Stack, Text, Title } from '@mantine/core'
import type { Person as OnePerson } from '@repitbot/contracts/people'
import { givesLessons } from '@repitbot/contracts/teaching'
import { IconArrowLeft, IconUserPlus, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { api } from '../clients.ts'
import { useMe } from '../me.ts'
import { Progress } from '../progress/progress.tsx'
import { queries } from '../queries.ts'
import { momentText } from '../time.ts'
import { Avatar } from '../ui/avatar.tsx'
import { QueryResult } from '../ui/query-result.tsx'
import { tryOrToast } from '../ui/toast.tsx'
import { useWords } from '../words.ts'
import { Contacts } from './contacts.tsx'
import { Family, LooksAfter } from './family.tsx'
import { Invitation, useInvite } from './invitation.tsx'
import { Joined } from './joined.tsx'
import { Membership } from './membership.tsx'
import { NextLessons } from './next-lessons.tsx'
import { PastLessons } from './past-lessons.tsx'
import { invitations, invitationTo, personOf } from './queries.ts'
import { SeriesOfStudent } from './series-of-student.tsx'

/** One person: how they sign in, and what belongs to their role. */
export function Person() {
  const t = useWords()
  const { userId } = useParams({ from: '/signed-in/people/$userId' })
  const query = useQuery(personOf(userId))
  return (
    <Stack>
      <Button
        component={Link}
        to="/people"
        variant="subtle"
        leftSection={<IconArrowLeft size={18} />}
        className="back"
        style={{ alignSelf: 'start' }}
      >
        {t('back')}
      </Button>
      <QueryResult query={query}>{(person) => <Whole key={userId} person={person} />}</QueryResult>
    </Stack>
  )
}

function Whole({ person }: { person: OnePerson }) {
  const t = useWords()
  const who = useMe()
  const admin = who?.card.role === 'admin'
  const { userId, name, role, email } = person
  return (
    <Stack gap="lg">
      <Group wrap="nowrap">
        <Avatar name={name} />
        <div className="grow">
          <Title order={2}>{name}</Title>
          {/* A child's address is nobody's business but the child's own. */}
          <Text size="sm" c="dimmed">
            {email && role !== 'student' ? `${t(`roles_${role}`)}, ${email}` : t(`roles_${role}`)}
          </Text>
        </div>
      </Group>
      <Contacts person={person} />
      <ComingIn person={person} />
      {role === 'student' && (
        <>
          {who && <PastLessons who={who} studentId={userId} />}
          <NextLessons studentId={userId} />
          <SeriesOfStudent studentId={userId} />
          <Family student={person} />
          <Progress studentId={userId} />
        </>
      )}
      {(role === 'parent' || givesLessons(person)) && <LooksAfter person={person} />}
      {admin && <Membership person={person} />}
    </Stack>
  )
}

/** Whether somebody is in, and the invitation that waits, which can be taken back. */
function ComingIn({ person }: { person: OnePerson }) {
  const t = useWords()
  const who = useMe()
  const { made, invite, close } = useInvite()
  const waiting = invitationTo(useQuery(invitations).data ?? [], person)
  const { userId, name, role, signsIn, active } = person
  const takeBack = async (invitationId: string) => {
    if (await tryOrToast(api.people.revokeInvitation({ invitationId }))) await queries.invalidateQueries({ queryKey: ['people'] })
  }
  return (
    <Group>
      <Joined person={person} invited={waiting} />
      {waiting && (
        <Text size="sm" c="dimmed">
          {t('invitedUntil', { until: momentText(waiting.expiresAt, who?.card.zone ?? 'UTC') })}
        </Text>
      )}
      {!signsIn && active && (
        <Button
          size="sm"
          variant={waiting ? 'default' : 'filled'}
          leftSection={<IconUserPlus size={18} />}
          onClick={() => void invite(name, { role, userId })}
        >
          {waiting ? t('inviteAnew') : t('invitePerson')}
        </Button>
      )}
      {waiting && (
        <Button size="sm" variant="default" leftSection={<IconX size={18} />} onClick={() => void takeBack(waiting.id)}>
          {t('takeBack')}
        </Button>
      )}
      {made && <Invitation {...made} close={close} />}
    </Group>
  )
}
