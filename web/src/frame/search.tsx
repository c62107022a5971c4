import { Text, TextInput } from '@mantine/core'
import type { Me } from '@repitbot/contracts/auth'
import { localDay } from '@repitbot/contracts/calendar'
import { IconCalendarEvent, IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../clients.ts'
import { everybody } from '../people/queries.ts'
import { queries } from '../queries.ts'
import { boundsOf, momentText } from '../time.ts'
import { ToLesson } from '../to-lesson.tsx'
import { Avatar } from '../ui/avatar.tsx'
import { QueryResult } from '../ui/query-result.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { useWords } from '../words.ts'

const dayMs = 86_400_000
/** How many days before and after today are searched. */
const aroundDays = 30
const shownMax = 8

type Found = { id: string; kind: 'person' | 'lesson'; title: string; about: string; words: string }

/** Students and lessons by a piece of a name, a subject or a topic. */
export function Search({ who, close }: { who: Me; close: () => void }) {
  const t = useWords()
  const [wanted, setWanted] = useState('')
  const query = useQuery({ queryKey: ['search', who.card.userId], queryFn: () => everything(who, (role) => t(`roles_${role}`)) })
  const parts = wanted.toLowerCase().split(/\s+/).filter(Boolean)
  const matching = (all: Found[]) => all.filter(({ words }) => parts.every((part) => words.includes(part))).slice(0, shownMax)
  return (
    <Sheet title={t('search')} close={close}>
      <TextInput
        data-autofocus
        type="search"
        aria-label={t('search')}
        placeholder={t('searchHint')}
        leftSection={<IconSearch size={18} />}
        value={wanted}
        onChange={({ currentTarget }) => setWanted(currentTarget.value)}
      />
      <QueryResult query={query}>
        {(all) => (
          <div className="rows" role="status">
            {parts.length > 0 && matching(all).length === 0 && <Text p="md">{t('nothingFound', { wanted })}</Text>}
            {parts.length > 0 && matching(all).map((found) => <Row key={found.id} found={found} close={close} />)}
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

async function everything(
  { card: { role, zone } }: Me,
  roleText: (role: 'student' | 'parent' | 'tutor' | 'admin') => string,
): Promise<Found[]> {
  const day = (days: number) => localDay(Date.now() + days * dayMs, zone)
  const span = { from: boundsOf(day(-aroundDays), zone).from, until: boundsOf(day(aroundDays), zone).until }
  const gives = role === 'tutor' || role === 'admin'
  const [all, foundLessons] = await Promise.all([
    gives ? queries.fetchQuery(everybody) : [],
    (gives ? api.lessons.list({ ...span, limit: 500 }) : api.familyLessons.list({ ...span, limit: 500 })).then((found) => found.lessons),
  ])
  return [
    ...all.map(({ userId, name, role: as }) => ({
      id: userId,
      kind: 'person' as const,
      title: name,
      about: roleText(as),
      words: name.toLowerCase(),
    })),
    ...foundLessons.map(({ id, subject, topic = '', startsAt, students, tutorName }) => {
      const title = topic ? `${subject}: ${topic}` : subject
      const names = [...students.map(({ name }) => name), tutorName].join(', ')
      return {
        id,
        kind: 'lesson' as const,
        title,
        about: `${momentText(startsAt, zone)}, ${names}`,
        words: `${title} ${names}`.toLowerCase(),
      }
    }),
  ]
}
