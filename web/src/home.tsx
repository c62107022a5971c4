import { lazy } from 'react'
import { Today } from './lessons/today.tsx'
import { useMe } from './me.ts'

const StudentToday = lazy(async () => ({ default: (await import('./student/today.tsx')).StudentToday }))
const Overview = lazy(async () => ({ default: (await import('./family/overview.tsx')).Overview }))

/** The first screen is each role's next thing to do. */
export function Home() {
  const who = useMe()
  if (!who) return null
  const { role } = who.card
  if (role === 'student') return <StudentToday who={who} />
  if (role === 'parent') return <Overview who={who} />
  return <Today who={who} />
}
