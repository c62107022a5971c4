import { Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Progress } from './progress.tsx'
import { familyLessons, people } from './session.ts'
import { momentText } from './time.ts'
import { Asked } from './trouble.tsx'
import { useWords } from './words.ts'

const aheadMs = 14 * 86_400_000

/** A parent's children: what comes next for each, and how far each has come. */
export function Children({ zone }: { zone: string }) {
  const t = useWords()
  const query = useQuery({ queryKey: ['people', 'students'], queryFn: () => people.list({ role: 'student', limit: 200 }) })
  return (
    <Stack>
      <Title order={1}>{t('people')}</Title>
      <Asked query={query}>
        {(children) => (
          <Stack gap="xl">
            {children.length === 0 && <Text>{t('noChildren')}</Text>}
            {children.map(({ userId, name }) => (
              <Stack key={userId}>
                <Progress studentId={userId} name={name} />
                <Next studentId={userId} zone={zone} />
              </Stack>
            ))}
          </Stack>
        )}
      </Asked>
    </Stack>
  )
}

function Next({ studentId, zone }: { studentId: string; zone: string }) {
  const t = useWords()
  const ask = async () => {
    const now = Date.now()
    const span = { from: new Date(now).toISOString(), until: new Date(now + aheadMs).toISOString() }
    return (await familyLessons.list({ ...span, studentId })).lessons
  }
  const query = useQuery({ queryKey: ['family', studentId], queryFn: ask })
  return (
    <Asked query={query}>
      {(found) => {
        const next = found.find(({ status }) => !status.startsWith('cancelled'))
        return <Text>{next ? `${t('nextLesson', { when: momentText(next.startsAt, zone) })}. ${next.subject}` : t('noNextLesson')}</Text>
      }}
    </Asked>
  )
}
