import { Badge, Group, Stack, Text } from '@mantine/core'
import type { BroadcastReport } from '@repitbot/contracts/broadcast'
import { IconEye, IconInbox, IconUserOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { api } from '../clients.ts'
import { deliveryFaces } from '../deliveries.tsx'
import { QueryResult } from '../ui/query-result.tsx'
import { useWords } from '../words.ts'

const faces = { ...deliveryFaces, inbox: ['slate', IconInbox], notJoined: ['slate', IconUserOff] } as const
/** Deliveries go on for a while after a message is sent. */
const againMs = 5_000

/** Whom a message has reached: in numbers, and one by one. */
export function Report({ broadcastId, text }: { broadcastId: string; text: string }) {
  const query = useQuery({
    queryKey: ['broadcasts', broadcastId],
    queryFn: () => api.broadcasts.get({ broadcastId }),
    refetchInterval: ({ state }) => (state.data?.counts.waiting ? againMs : false),
  })
  return (
    <Stack>
      <Text className="quote">{text}</Text>
      <QueryResult query={query}>{(report) => <Counted report={report} />}</QueryResult>
    </Stack>
  )
}

function Counted({ report: { counts, rows } }: { report: BroadcastReport }) {
  const t = useWords()
  const states = (Object.keys(faces) as (keyof typeof faces)[]).filter((state) => counts[state])
  return (
    <>
      <Group gap="xs">
        {states.map((state) => (
          <State key={state} state={state} count={counts[state]} />
        ))}
      </Group>
      <div className="rows card">
        {rows.map(({ userId, name, state, read }) => (
          <div key={userId} className="row">
            <Text className="grow">{name}</Text>
            {read && <IconEye size={18} role="img" aria-label={t('readMark')} />}
            <State state={state} />
          </div>
        ))}
      </div>
    </>
  )
}

function State({ state, count }: { state: keyof typeof faces; count?: number }) {
  const t = useWords()
  const [color, Icon] = faces[state]
  return (
    <Badge color={color} leftSection={<Icon size={13} aria-hidden />}>
      {count === undefined ? t(`delivery_${state}`) : `${t(`delivery_${state}`)}: ${count}`}
    </Badge>
  )
}
