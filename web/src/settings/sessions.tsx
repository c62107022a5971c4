import { Badge, Button, Stack, Text } from '@mantine/core'
import type { Session } from '@repitbot/contracts/auth'
import { browserName } from '@repitbot/contracts/browser-name'
import { useQuery } from '@tanstack/react-query'
import { api } from '../clients.ts'
import { useMe } from '../me.ts'
import { queries } from '../queries.ts'
import { momentText } from '../time.ts'
import { QueryResult } from '../ui/query-result.tsx'
import { tryOrToast } from '../ui/toast.tsx'
import { useWords } from '../words.ts'
import { SignOutEverywhere } from './sign-out-everywhere.tsx'

/** Where somebody is signed in; what is not known is ended with one tap. */
export function Sessions() {
  const query = useQuery({ queryKey: ['sessions'], queryFn: () => api.auth.sessions({}) })
  const end = async (sessionId: string) => {
    if (await tryOrToast(api.auth.endSession({ sessionId }))) await queries.invalidateQueries({ queryKey: ['sessions'] })
  }
  return (
    <Stack>
      <QueryResult query={query}>
        {(all) => (
          <div className="rows flush">
            {all.map((session) => (
              <One key={session.id} session={session} end={() => void end(session.id)} />
            ))}
          </div>
        )}
      </QueryResult>
      <SignOutEverywhere />
    </Stack>
  )
}

function One({ session: { agent, address, usedAt, current }, end }: { session: Session; end: () => void }) {
  const t = useWords()
  const zone = useMe()?.card.zone ?? 'UTC'
  // The bot's sessions are named Telegram by the server.
  const device = agent === 'Telegram' ? agent : (browserName(agent) ?? t('unknownBrowser'))
  return (
    <div className="row">
      <div className="grow">
        <Text fw={600}>{device}</Text>
        <Text size="sm" c="dimmed">
          {t('usedAt', { when: momentText(usedAt, zone), address })}
        </Text>
      </div>
      {current ? (
        <Badge color="green">{t('thisDevice')}</Badge>
      ) : (
        <Button variant="default" size="xs" aria-label={t('endSession', { device })} onClick={end}>
          {t('signOut')}
        </Button>
      )}
    </div>
  )
}
