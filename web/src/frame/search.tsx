import { Button, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import type { Me } from '@repitbot/contracts/auth'
import { peoplePageMax } from '@repitbot/contracts/wanted-people'
import { IconCalendarEvent, IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { isFound } from '../people/choose-people.ts'
import { firstOf } from '../people/queries.ts'
import { ToLesson } from '../to-lesson.tsx'
import { Avatar } from '../ui/avatar.tsx'
import { QueryResult } from '../ui/query-result.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { useWords } from '../words.ts'
import { type Found, foundPerson, lessonsAround } from './lessons-around.ts'

/** So many are shown at first, and so many more each time. */
const step = 8

/** People, then lessons from the nearest one on, by a piece of a name, a subject or a topic. */
export function Search({ who, close }: { who: Me; close: () => void }) {
  const t = useWords()
  const [wanted, setWanted] = useState('')
  const [shown, setShown] = useState(step)
  const [search] = useDebouncedValue(wanted.trim(), 150)
  const lessons = useQuery({ queryKey: ['search', who.card.userId], queryFn: () => lessonsAround(who) })
  // Families find lessons alone.
  const gives = who.card.role === 'tutor' || who.card.role === 'admin'
  const people = useQuery({ ...firstOf({ search, sort: 'name', limit: peoplePageMax }), enabled: gives && search !== '' })
  const parts = wanted.toLowerCase().split(/\s+/).filter(Boolean)
  const matching = (all: Found[]) =>
    parts.length
      ? [
          ...(people.data ?? []).filter(({ name }) => isFound(name, wanted.trim())).map(foundPerson),
          ...all.filter(({ words }) => parts.every((part) => words.includes(part))),
        ]
      : []
  const settled = !gives || (search === wanted.trim() && !people.isFetching)
  return (
    <Sheet title={t('search')} close={close}>
      <TextInput
        data-autofocus
        type="search"
        aria-label={t('search')}
        placeholder={t('searchHint')}
        leftSection={<IconSearch size={18} />}
        value={wanted}
        onChange={({ currentTarget }) => {
          setWanted(currentTarget.value)
          setShown(step)
        }}
      />
      <QueryResult query={lessons}>
        {(all) => (
          <div className="rows" role="status">
            {parts.length > 0 && settled && matching(all).length === 0 && <Text p="md">{t('nothingFound', { wanted })}</Text>}
            {matching(all)
              .slice(0, shown)
              .map((found) => (
                <Row key={found.id} found={found} close={close} />
              ))}
            {matching(all).length > shown && (
              <Button variant="default" fullWidth mt="sm" onClick={() => setShown(shown + step)}>
                {t('searchMore', { count: matching(all).length - shown })}
              </Button>
            )}
          </div>
        )}
      </QueryResult>
    </Sheet>
  )
}

function Row({ found: { kind, id, title, about }, close }: { found: Found; close: () => void }) {
  const content = (
    <>
      {kind === 'person' ? <Avatar name={title} /> : <IconCalendarEvent size={22} aria-hidden />}
      <span className="grow">
        <Text fw={600}>{title}</Text>
        <Text size="sm" c="dimmed">
          {about}
        </Text>
      </span>
    </>
  )
  return kind === 'person' ? (
    <Link className="row" replace to="/people/$userId" params={{ userId: id }} onClick={close}>
      {content}
    </Link>
  ) : (
    <ToLesson className="row" replace lessonId={id} onClick={close}>
      {content}
    </ToLesson>
  )
}
