import './progress.css'
import { Badge, Progress as Bar, Button, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import type { Achievement } from '@repitbot/contracts/student'
import { IconAward, IconCheck, IconLock } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { z } from 'zod'
import { useMe } from '../me.ts'
import { rarityColors } from '../theme.ts'
import { dateText } from '../time.ts'
import { QueryResult } from '../ui/query-result.tsx'
import { useWords } from '../words.ts'
import { achievementsOf } from './queries.ts'
import { useGameTexts } from './texts.ts'

type One = z.output<typeof Achievement>
const order = ['legendary', 'epic', 'rare', 'common'] as const
const shownFirst = 6
const nearness = ({ progress, goal }: One) => progress / goal

/** Those earned, the rarest first, then those that are nearest. */
export function Achievements({ studentId }: { studentId: string }) {
  const t = useWords()
  const [whole, setWhole] = useState(false)
  const query = useQuery(achievementsOf(studentId))
  return (
    <QueryResult query={query}>
      {(all) => {
        const earned = all.filter(({ earnedAt }) => earnedAt).sort((a, b) => order.indexOf(a.rarity) - order.indexOf(b.rarity))
        const ahead = all.filter(({ earnedAt }) => !earnedAt).sort((a, b) => nearness(b) - nearness(a))
        const sorted = [...earned, ...ahead]
        return (
          <Stack gap="sm">
            <Group justify="space-between">
              <Title order={2}>{t('achievements')}</Title>
              <Text size="sm" c="dimmed">
                {t('earnedOf', { earned: earned.length, all: all.length })}
              </Text>
            </Group>
            <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
              {(whole ? sorted : [...earned.slice(0, shownFirst / 2), ...ahead].slice(0, shownFirst)).map((one) => (
                <AchievementCard key={one.code} one={one} />
              ))}
            </SimpleGrid>
            {!whole && sorted.length > shownFirst && (
              <Button variant="default" onClick={() => setWhole(true)}>
                {t('allAchievements', { count: sorted.length })}
              </Button>
            )}
          </Stack>
        )
      }}
    </QueryResult>
  )
}

function AchievementCard({ one: { code, rarity, goal, progress, rewardXp, earnedAt } }: { one: One }) {
  const t = useWords()
  const { achievements, rarities } = useGameTexts()
  const zone = useMe()?.card.zone ?? 'UTC'
  const { title = code, how = '' } = achievements[code] ?? {}
  const done = Math.min(progress, goal)
  return (
    <article className={`card achievement${earnedAt ? '' : ' ahead'}`} data-rarity={rarity}>
      <Group wrap="nowrap" gap="sm" align="start">
        <span className="medal" aria-hidden>
          {earnedAt ? <IconAward size={24} /> : <IconLock size={20} />}
        </span>
        <div className="grow">
          <Text fw={650}>{title}</Text>
          <Text size="sm" c="dimmed">
            {how}
          </Text>
        </div>
      </Group>
      {!earnedAt && (
        <Group gap="sm" wrap="nowrap" mt="sm">
          <Bar className="grow" value={(done / goal) * 100} color={rarityColors[rarity]} aria-label={t('towards', { title })} />
          <Text size="sm">{`${done} / ${goal}`}</Text>
        </Group>
      )}
      <Group gap="xs" mt="sm">
        <Badge color={rarityColors[rarity]}>{rarities[rarity]}</Badge>
        <Badge color="amber">{`+${rewardXp} XP`}</Badge>
        {earnedAt && (
          <Badge color="green" leftSection={<IconCheck size={13} aria-hidden />}>
            {t('earnedOn', { when: dateText(earnedAt, zone) })}
          </Badge>
        )}
      </Group>
    </article>
  )
}
