import { Button, Group, Stack, Text, Title } from '@mantine/core'
import type { Person } from '@repitbot/contracts/people'
import { givesLessons } from '@repitbot/contracts/teaching'
import { IconUserPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useMe } from '../me.ts'
import { CardsLoading, QueryResult } from '../ui/query-result.tsx'
import { useWords } from '../words.ts'
import { Invitation, useInvite } from './invitation.tsx'
import { LinkParent, LinkTutor } from './link-people.tsx'
import { LinkedPeople } from './linked.tsx'
import { allOf, anyOf, linksOf, tutorsHere } from './queries.ts'

/** Who looks after a student: the parents, the one who pays, the tutors. A second parent is invited or taken from those who are here. */
export function Family({ student }: { student: Person }) {
  const t = useWords()
  const admin = useMe()?.card.role === 'admin'
  const { made, invite, close } = useInvite()
  const [linking, setLinking] = useState<'parent' | 'tutor'>()
  const all = useQuery(allOf({ linkedTo: student.userId })).data ?? []
  const query = useQuery(linksOf({ overId: student.userId }))
  const parents = useQuery(anyOf('parent', 'here')).data ?? []
  const holds = (userId: string) => query.data?.some(({ holderId, as }) => holderId === userId && as === 'tutor')
  const tutors = (useQuery({ ...tutorsHere, enabled: admin }).data ?? []).filter(({ userId }) => !holds(userId))
  return (
    <Stack gap="xs">
      <Title order={3}>{t('family')}</Title>
      <QueryResult query={query} loading={<CardsLoading count={1} />}>
        {(links) => (
          <>
            {!links.some(({ as }) => as === 'parent') && <Text c="dimmed">{t('noParents')}</Text>}
            {admin && !links.some(({ as }) => as === 'tutor') && <Text c="dimmed">{t('noTutorOf')}</Text>}
            <LinkedPeople links={links} all={all} end="holderId" />
          </>
        )}
      </QueryResult>
      <Group>
        <Button
          size="sm"
          variant="default"
          leftSection={<IconUserPlus size={18} />}
          onClick={() => void invite(student.name, { role: 'parent', studentIds: [student.userId] })}
        >
          {t('inviteParent')}
        </Button>
        {parents.length > 0 && (
          <Button size="sm" variant="default" onClick={() => setLinking('parent')}>
            {t('linkParent')}
          </Button>
        )}
        {admin && tutors.length > 0 && (
          <Button size="sm" variant="default" onClick={() => setLinking('tutor')}>
            {t('linkTutor')}
          </Button>
        )}
      </Group>
      {made && <Invitation {...made} close={close} />}
      {linking === 'parent' && <LinkParent student={student} close={() => setLinking(undefined)} />}
      {linking === 'tutor' && <LinkTutor of={student} tutors={tutors} close={() => setLinking(undefined)} />}
    </Stack>
  )
}

/** Whom a parent or a tutor looks after. An admin gives a tutor more students. */
export function LooksAfter({ person }: { person: Person }) {
  const t = useWords()
  const admin = useMe()?.card.role === 'admin'
  const [linking, setLinking] = useState(false)
  const all = useQuery(allOf({ linkedTo: person.userId })).data ?? []
  const students = useQuery(anyOf('student', 'here')).data ?? []
  const query = useQuery(linksOf({ holderId: person.userId }))
  const teaches = givesLessons(person)
  return (
    <Stack gap="xs">
      <Title order={3}>{teaches ? t('group_student') : t('children')}</Title>
      <QueryResult query={query} loading={<CardsLoading count={1} />}>
        {(links) => (
          <>
            {links.length === 0 && <Text c="dimmed">{teaches ? t('noStudentsOf') : t('noChildrenOf')}</Text>}
            <LinkedPeople links={links} all={all} end="overId" />
          </>
        )}
      </QueryResult>
      {admin && teaches && students.length > 0 && (
        <Group>
          <Button size="sm" variant="default" onClick={() => setLinking(true)}>
            {t('linkStudent')}
          </Button>
        </Group>
      )}
      {linking && <LinkTutor of={person} has={query.data?.map(({ overId }) => overId)} close={() => setLinking(false)} />}
    </Stack>
  )
}
