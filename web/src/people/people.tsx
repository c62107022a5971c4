import './people.css'
import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import type { Person, Invitation as Waiting } from '@repitbot/contracts/people'
import { IconPlus, IconUsers } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, Outlet, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useMe } from '../me.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Empty } from '../ui/empty.tsx'
import { QueryResult } from '../ui/query-result.tsx'
import { useWords } from '../words.ts'
import { AddPerson } from './add-person.tsx'
import { type Choice, firstChoice, wantedOf } from './choose-people.ts'
import { Filters } from './filters.tsx'
import { Joined } from './joined.tsx'
import { anyOf, countOf, invitations, invitationTo, pagesOf } from './queries.ts'

/** Who is in the school within reach and who has joined; a person stands beside the list where there is room. */
export function People() {
  const t = useWords()
  const who = useMe()
  const [adding, setAdding] = useState(false)
  const { userId: open } = useParams({ strict: false })
  const students = useQuery(anyOf('student')).data
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
        {students?.length === 0 && <Empty icon={IconUsers} text={t('noStudents')} />}
        <Chosen admin={admin} />
      </Stack>
      <div className="pair-one">
        <Outlet />
      </div>
      {adding && <AddPerson close={() => setAdding(false)} />}
    </div>
  )
}

/** Those who were asked for, some at a time. */
function Chosen({ admin }: { admin: boolean }) {
  const t = useWords()
  const { state = firstChoice.state } = useSearch({ from: '/signed-in/people' })
  const [choice, setChoice] = useState<Choice>({ ...firstChoice, state })
  const [settled] = useDebouncedValue(choice, choice.search ? 150 : 0)
  const waiting = useQuery(invitations).data ?? []
  const wanted = wantedOf(settled, admin)
  const count = useQuery(countOf(wanted)).data?.count
  const query = useInfiniteQuery(pagesOf({ ...wanted, sort: settled.sort }))
  return (
    <Stack gap="md">
      <Filters choice={choice} change={(some) => setChoice({ ...choice, ...some })} />
      {count !== undefined && (
        <Text size="sm" c="dimmed" role="status">
          {count ? t('peopleCount', { count }) : t('nobodyFound')}
        </Text>
      )}
      <QueryResult query={query}>
        {({ pages }) => {
          const drawn = pages.flat()
          return (
            <>
              {drawn.length > 0 && (
                <div className="rows card people-rows">
                  {drawn.map((person) => (
                    <Row key={person.userId} person={person} waiting={waiting} />
                  ))}
                </div>
              )}
              {query.hasNextPage && (
                <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                  {t('showMore', { count: Math.min(pages[0]?.length ?? 0, Math.max((count ?? 0) - drawn.length, 1)) })}
                </Button>
              )}
            </>
          )
        }}
      </QueryResult>
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
