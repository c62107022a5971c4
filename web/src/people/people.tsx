import './people.css'
import { Button, Group, Stack, Text, Title } from '@mantine/core'
import type { Person, Invitation as Waiting } from '@repitbot/contracts/people'
import { IconPlus, IconUsers } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, Outlet, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useMe } from '../me.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Empty } from '../ui/empty.tsx'
import { QueryResult } from '../ui/query-result.tsx'
import { useWords } from '../words.ts'
import { AddPerson } from './add-person.tsx'
import { Joined } from './joined.tsx'
import { everybody, invitations, invitationTo } from './queries.ts'

const groups = ['student', 'parent', 'tutor', 'admin'] as const

/** Who is in the school within reach and who has joined; a person stands beside the list where there is room. */
export function People() {
  const t = useWords()
  const who = useMe()
  const [adding, setAdding] = useState(false)
  const { userId: open } = useParams({ strict: false })
  const query = useQuery(everybody)
  const waiting = useQuery(invitations)
  const admin = who?.card.role === 'admin'
  const add = (
    <Button leftSection={<IconPlus size={18} />} onClick={() => setAdding(true)}>
      {admin ? t('addPerson') : t('addStudent')}
    </Button>
  )
  return (
    <div className={open ? 'pair open' : 'pair'}>
      <Stack className="pair-list">
        <Group justify="space-between">
          <Title order={1}>{admin ? t('people') : t('students')}</Title>
          {add}
        </Group>
        <QueryResult query={query}>
          {(all) => (
            <Stack gap="lg">
              {!all.some(({ role }) => role === 'student') && <Empty icon={IconUsers} text={t('noStudents')} />}
              {groups.map((role) => (
                <Section key={role} role={role} all={all.filter((person) => person.role === role)} waiting={waiting.data ?? []} />
              ))}
            </Stack>
          )}
        </QueryResult>
      </Stack>
      <div className="pair-one">
        <Outlet />
      </div>
      {adding && <AddPerson close={() => setAdding(false)} />}
    </div>
  )
}

function Section({ role, all, waiting }: { role: (typeof groups)[number]; all: Person[]; waiting: Waiting[] }) {
  const t = useWords()
  if (all.length === 0) return null
  return (
    <section aria-label={t(`group_${role}`)}>
      <Text size="sm" fw={600} c="dimmed" mb="xs">
        {t(`group_${role}`)}
        {`, ${all.length}`}
      </Text>
      <div className="rows card">
        {all.map((person) => (
          <Link key={person.userId} className="row" to="/people/$userId" params={{ userId: person.userId }}>
            <Avatar name={person.name} />
            <span className="grow named">
              <Text fw={600}>{person.name}</Text>
              <Joined person={person} invited={invitationTo(waiting, person)} />
            </span>
          </Link>
        ))}
      </div>
    </section>
  )
}
