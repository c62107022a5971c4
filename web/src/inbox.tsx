import './inbox.css'
import { ActionIcon, Button, Group, Stack, Text, Title } from '@mantine/core'
import { localDay } from '@repitbot/contracts/calendar'
import { type Notice, placeOf } from '@repitbot/contracts/inbox'
import { IconChecks, IconInbox, IconSend } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, type LinkProps } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from './clients.ts'
import { Deliveries } from './deliveries.tsx'
import { groupBy } from './group-by.ts'
import { useMe } from './me.ts'
import { queries } from './queries.ts'
import { dateText, timeText } from './time.ts'
import { Empty } from './ui/empty.tsx'
import { ErrorAlert } from './ui/error-alert.tsx'
import { CardsLoading } from './ui/query-result.tsx'
import { tryOrToast } from './ui/toast.tsx'
import { unread } from './unread.ts'
import { useWords } from './words.ts'

const pageOf = 30
const isWaiting = ({ readAt }: Notice) => !readAt

/** All notices of one person: the unread ones first, then day by day. */
export function Inbox() {
  const t = useWords()
  const query = useInfiniteQuery({
    queryKey: ['inbox'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => api.inbox.list({ limit: pageOf, before: pageParam }),
    getNextPageParam: ({ next }) => next ?? undefined,
  })
  const all = query.data?.pages.flatMap(({ notices }) => notices)
  const mark = (work: Promise<{ unread: number }>) =>
    tryOrToast(work.then((left) => unread.set(left.unread)).then(() => queries.invalidateQueries({ queryKey: ['inbox'] })))
  const newest = all?.[0]
  return (
    <Stack gap="lg">
      <Group justify="space-between">
        <Title order={1}>{t('inbox')}</Title>
        {newest && all.some(isWaiting) && (
          <Button
            variant="default"
            leftSection={<IconChecks size={18} />}
            onClick={() => void mark(api.inbox.readAll({ upTo: newest.id }))}
          >
            {t('readAll')}
          </Button>
        )}
      </Group>
      {!all && !query.isError && <CardsLoading />}
      {!all && query.isError && (
        <>
          <ErrorAlert error={query.error} />
          <Button onClick={() => void query.refetch()}>{t('retry')}</Button>
        </>
      )}
      {all?.length === 0 && <Empty icon={IconInbox} text={t('inboxEmpty')} />}
      {all && <Groups all={all} read={(notice) => void (isWaiting(notice) && mark(api.inbox.read({ noticeId: notice.id })))} />}
      {query.hasNextPage && (
        <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('older')}
        </Button>
      )}
    </Stack>
  )
}

type Read = (notice: Notice) => void
function Groups({ all, read }: { all: Notice[]; read: Read }) {
  const t = useWords()
  const zone = useMe()?.card.zone ?? 'UTC'
  const days = groupBy(
    all.filter((notice) => !isWaiting(notice)),
    ({ createdAt }) => localDay(createdAt, zone),
  )
  const groups: [string, Notice[]][] = [
    [t('unreadGroup'), all.filter(isWaiting)],
    ...[...days.values()].map((ofDay): [string, Notice[]] => [dateText(ofDay[0]?.createdAt ?? '', zone), ofDay]),
  ]
  return groups
    .filter(([, ofDay]) => ofDay.length > 0)
    .map(([title, ofDay]) => (
      <section key={title} aria-label={title}>
        <Text size="sm" fw={600} c="dimmed" mb="xs">
          {title}
        </Text>
        <div className="rows card">
          {ofDay.map((notice) => (
            <NoticeRow key={notice.id} notice={notice} zone={zone} read={read} />
          ))}
        </div>
      </section>
    ))
}

function NoticeRow({ notice, zone, read }: { notice: Notice; zone: string; read: Read }) {
  const t = useWords()
  const [open, setOpen] = useState(false)
  const { title, body, createdAt } = notice
  const waiting = isWaiting(notice)
  const when = waiting ? `${dateText(createdAt, zone)}, ${timeText(createdAt, zone)}` : timeText(createdAt, zone)
  return (
    <article className="notice">
      <div className="row">
        <span className={waiting ? 'unread-dot' : 'unread-dot off'} role="img" aria-label={waiting ? t('unreadMark') : t('readMark')} />
        <div className="grow">
          <ToThing notice={notice} open={() => read(notice)}>
            {title}
          </ToThing>
          {body.split('\n').map((line) => (
            <Text key={line} size="sm">
              {line}
            </Text>
          ))}
          <Text size="xs" c="dimmed">
            {when}
          </Text>
        </div>
        <ActionIcon
          variant="subtle"
          color="slate"
          size="lg"
          className="above"
          aria-expanded={open}
          aria-label={t('deliveryOf', { title })}
          onClick={() => setOpen(!open)}
        >
          <IconSend size={18} />
        </ActionIcon>
      </div>
      {open && <Deliveries notice={notice} zone={zone} />}
      {waiting && (
        <Button className="above" variant="subtle" size="compact-sm" ml="xl" mb="xs" onClick={() => read(notice)}>
          {t('markRead')}
        </Button>
      )}
    </article>
  )
}

/** A notice links to what it is about; a message from the school has nothing more to open. */
function ToThing({ notice, open, children }: { notice: Notice; open: () => void; children: string }) {
  const { userId, role } = useMe()?.card ?? { userId: '', role: undefined }
  const [place, search] = placeOf(notice, { userId, gives: role === 'tutor' || role === 'admin' }).split('?')
  const shared = { className: 'stretched', onClick: open, children }
  if (place === '/inbox') return <Text component="button" type="button" {...shared} />
  const to = { to: place, search: Object.fromEntries(new URLSearchParams(search)) } as LinkProps
  return <Link {...to} {...shared} />
}
