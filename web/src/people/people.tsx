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
import { type Choice, chosenFrom, firstChoice } from './choose-people.ts'
import { Filters } from './filters.tsx'
import { Joined } from './joined.tsx'
import { everybody, invitations, invitationTo, linksOf } from './queries.ts'

/** So many are drawn at once: a school of thousands opens as fast as one of ten. */
const drawnMost = 100

/** Who is in the school within reach and who has joined; a person stands beside the list where there is room. */
export function People() {
  const t = useWords()
  const who = useMe()
  const [adding, setAdding] = useState(false)
  const { userId: open } = useParams({ strict: false })
  const query = useQuery(everybody)
  const admin = who?.card.role === 'admin'
  return (
    <div className={open ? 'pair open' : 'pair'}>
      <Stack className="pair-list">
        <Group justify="space-between">
          <Title order={1}>{admin && !who.card.teaches ? t('people') : t('students')}</Title>
          <Button leftSection={<IconPlus size={18} />} onClick={() => setAdding(true)}>
            {admin ? t('addPerson') : t('addStudent')}
          </Button>
        </Group>
        <QueryResult query={query}>
          {(all) => (
            <>
              {!all.some(({ role }) => role === 'student') && <Empty icon={IconUsers} text={t('noStudents')} />}
              <Chosen all={all} />
            </>
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

/** Those who were asked for, some at a time. */
function Chosen({ all }: { all: Person[] }) {
  const t = useWords()
  const [choice, setChoice] = useState<Choice>(firstChoice)
  const [drawn, setDrawn] = useState(drawnMost)
  const waiting = useQuery(invitations).data ?? []
  const links = useQuery({ ...linksOf({ holderId: choice.tutorId }), enabled: choice.tutorId !== '' }).data
  const chosen = chosenFrom(all, choice, links)
  const change = (some: Partial<Choice>) => {
    setChoice({ ...choice, ...some })
    setDrawn(drawnMost)
  }
  return (
    <Stack gap="md">
      <Filters all={all} choice={choice} change={change} />
      <Text size="sm" c="dimmed" role="status">
        {chosen.length ? t('peopleCount', { count: chosen.length }) : t('nobodyFound')}
      </Text>
      {chosen.length > 0 && (
        <div className="rows card people-rows">
          {chosen.slice(0, drawn).map((person) => (
            <Row key={person.userId} person={person} waiting={waiting} />
          ))}
        </div>
      )}
      {chosen.length > drawn && (
        <Button variant="default" onClick={() => setDrawn(drawn + drawnMost)}>
          {t('showMore', { count: Math.min(drawnMost, chosen.length - drawn) })}
        </Button>
      )}
    </Stack>
  )
}

function Row({ person, waiting }: { person: Person; waiting: Waiting[] }) {
  const t = useWords()
  return (
    <Link className="row" to="/people/$userId" params={{ userId: person.userId }}>
      <Avatar name={person.name} />
      <span className="grow named">
        <Text fw={600}>{person.name}</Text>
        <Group gap="xs">
          <Text size="sm" c="dimmed">
            {t(`roles_${person.role}`)}
          </Text>
          <Joined person={person} invited={invitationTo(waiting, person)} />
        </Group>
      </span>
    </Link>
  )
}
