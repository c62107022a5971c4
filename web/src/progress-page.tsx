import { Stack, Title } from '@mantine/core'
import { ChildSwitch, useChild } from './family/child.tsx'
import { useMe } from './me.ts'
import { Progress } from './progress/progress.tsx'
import { useWords } from './words.ts'

/** What a student has reached: the student's own, or a parent's view of a child. */
export function ProgressPage() {
  const t = useWords()
  const card = useMe()?.card
  return (
    <Stack gap="lg">
      <Title order={1}>{t('progress')}</Title>
      {card?.role === 'student' && <Progress studentId={card.userId} own />}
      {card?.role === 'parent' && <OfChild />}
    </Stack>
  )
}

function OfChild() {
  const { child } = useChild()
  return (
    <>
      <ChildSwitch />
      {child && <Progress key={child.userId} studentId={child.userId} whole />}
    </>
  )
}
