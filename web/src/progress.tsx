import { Badge, Progress as Bar, Card, Group, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { students } from './session.ts'
import { Asked } from './trouble.tsx'
import { achievementTexts, useWords } from './words.ts'

/** What a student has reached; nothing of the game where it is switched off. */
export function Progress({ studentId, name }: { studentId: string; name?: string }) {
  const t = useWords()
  const query = useQuery({ queryKey: ['progress', studentId], queryFn: () => students.progress({ studentId }) })
  return (
    <Stack>
      {name ? <Title order={2}>{name}</Title> : <Title order={1}>{t('progress')}</Title>}
      <Asked query={query}>
        {({ gameOn, level, totalXp, xpToNext, progressPercent, streak }) =>
          gameOn ? (
            <>
              <Card withBorder>
                <Text fw={700} size="xl">
                  {t('level', { level })}
                </Text>
                <Bar value={progressPercent} my="xs" aria-label={t('level', { level })} />
                <Text size="sm">{xpToNext === null ? t('xpTotal', { xp: totalXp }) : t('xpToGo', { xp: xpToNext })}</Text>
                <Text size="sm">{t('xpTotal', { xp: totalXp })}</Text>
                <Text size="sm">{t('streak', { count: streak.current })}</Text>
              </Card>
              <Achievements studentId={studentId} />
            </>
          ) : null
        }
      </Asked>
    </Stack>
  )
}

function Achievements({ studentId }: { studentId: string }) {
  const t = useWords()
  const texts = achievementTexts()
  const query = useQuery({ queryKey: ['achievements', studentId], queryFn: () => students.achievements({ studentId }) })
  return (
    <Asked query={query}>
      {(all) => (
        <Stack>
          <Title order={2} size="h3">
            {t('achievements')}
          </Title>
          {all.map(({ code, goal, progress, earnedAt }) => (
            <Card withBorder key={code} component="article">
              <Group justify="space-between">
                <Text fw={600}>{texts[code]?.title ?? code}</Text>
                <Badge variant="outline" color={earnedAt ? 'green' : 'gray'} c="var(--mantine-color-text)">
                  {earnedAt ? t('earned') : `${Math.min(progress, goal)} / ${goal}`}
                </Badge>
              </Group>
              <Text size="sm">{texts[code]?.how}</Text>
            </Card>
          ))}
        </Stack>
      )}
    </Asked>
  )
}
