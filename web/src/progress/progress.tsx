import { Card, Group, RingProgress, Stack, Text } from '@mantine/core'
import type { Progress as ProgressReply } from '@repitbot/contracts/student'
import { IconDeviceGamepad2, IconFlame, IconSnowflake } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import { Empty } from '../ui/empty.tsx'
import { QueryResult } from '../ui/query-result.tsx'
import { useWords } from '../words.ts'
import { Achievements } from './achievements.tsx'
import { Celebration } from './celebration.tsx'
import { GameSwitch } from './game-switch.tsx'
import { progressOf } from './queries.ts'
import { StreakDays } from './streak-days.tsx'
import { XpRows } from './xp-rows.tsx'

type Reached = z.output<typeof ProgressReply>

/** What a student has reached; nothing of the game where it is switched off, but the switch. */
export function Progress({ studentId, own = false, whole = own }: { studentId: string; own?: boolean; whole?: boolean }) {
  const t = useWords()
  const query = useQuery(progressOf(studentId))
  return (
    <QueryResult query={query}>
      {(reached) =>
        reached.gameOn ? (
          <Stack gap="lg">
            {own && <Celebration studentId={studentId} level={reached.level} />}
            <Level reached={reached} />
            <Streak reached={reached} />
            <Achievements studentId={studentId} />
            {whole && <XpRows studentId={studentId} />}
            <GameSwitch studentId={studentId} on />
          </Stack>
        ) : (
          <Empty icon={IconDeviceGamepad2} text={t('gameOff')}>
            <GameSwitch studentId={studentId} on={false} />
          </Empty>
        )
      }
    </QueryResult>
  )
}

export function Level({ reached: { level, xpToNext, totalXp, levelXp, progressPercent } }: { reached: Reached }) {
  const t = useWords()
  return (
    <Card>
      <Group wrap="nowrap" gap="lg">
        <RingProgress
          size={116}
          thickness={11}
          roundCaps
          rootColor="var(--mantine-color-amber-light)"
          sections={[{ value: progressPercent, color: 'var(--xp)' }]}
          aria-label={t('levelPercent', { percent: progressPercent })}
          role="img"
          label={
            <Text ta="center" fw={750} fz="1.75rem" lh={1} aria-hidden>
              {level}
            </Text>
          }
        />
        <div className="grow">
          <Text fw={700} fz="1.25rem">
            {t('level', { level })}
          </Text>
          <Text>{xpToNext === null ? t('lastLevel') : t('xpToGo', { xp: xpToNext })}</Text>
          <Text size="sm" c="dimmed">
            {xpToNext === null ? t('xpTotal', { xp: totalXp }) : t('xpOfLevel', { xp: levelXp, of: levelXp + xpToNext, total: totalXp })}
          </Text>
        </div>
      </Group>
    </Card>
  )
}

/** Weeks first: a pupil with two lessons a week cannot win at days in a row. */
function Streak({ reached: { streak, weekStreak } }: { reached: Reached }) {
  const t = useWords()
  return (
    <Card>
      <Group justify="space-between" mb="sm">
        <Group gap="xs" wrap="nowrap">
          <IconFlame size={22} color="var(--xp)" aria-hidden />
          <Text fw={700}>{weekStreak.current ? t('weekStreak', { count: weekStreak.current }) : t('weekStreakNone')}</Text>
        </Group>
        {streak.freezesHeld > 0 && (
          <Group gap="xs" wrap="nowrap">
            <IconSnowflake size={18} color="var(--mantine-color-blue-light-color)" aria-hidden />
            <Text size="sm">{t('freezes', { count: streak.freezesHeld })}</Text>
          </Group>
        )}
      </Group>
      <StreakDays calendar={streak.calendar} />
      <Text size="sm" c="dimmed" mt="sm">
        {`${t('streak', { count: streak.current })}. ${t('bestStreak', { count: streak.best })}`}
      </Text>
    </Card>
  )
}
