import './progress.css'
import { CloseButton, Text } from '@mantine/core'
import { IconConfetti } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { browserStorage } from '../storage.ts'
import { useWords } from '../words.ts'
import { achievementsOf } from './queries.ts'
import { useGameTexts } from './texts.ts'

type FamilyLesson = { level: number; earned: string[] }
const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches

/** A new level or achievement is celebrated once on a device, and not at all for those who want less motion. */
export function Celebration({ studentId, level }: { studentId: string; level: number }) {
  const t = useWords()
  const { achievements } = useGameTexts()
  const [away, setAway] = useState(false)
  const key = `repitbot-seen-${studentId}`
  const [before] = useState(() => JSON.parse(browserStorage.get(key) ?? 'null') as FamilyLesson | null)
  const earned = useQuery(achievementsOf(studentId))
    .data?.filter(({ earnedAt }) => earnedAt)
    .map(({ code }) => code)
  if (!earned) return null
  browserStorage.set(key, JSON.stringify({ level, earned } satisfies FamilyLesson))
  const added = earned.filter((code) => !before?.earned.includes(code))
  const risen = before && level > before.level
  if (!before || away || still() || (!risen && added.length === 0)) return null
  return (
    <div className="celebration" role="status">
      <IconConfetti size={28} aria-hidden />
      <div className="grow">
        {risen && <Text fw={700}>{t('newLevel', { level })}</Text>}
        {added.map((code) => (
          <Text key={code}>{t('newAchievement', { title: achievements[code]?.title ?? code })}</Text>
        ))}
      </div>
      <CloseButton aria-label={t('close')} onClick={() => setAway(true)} />
    </div>
  )
}
