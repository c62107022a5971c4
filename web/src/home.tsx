import { Children } from './children.tsx'
import { Today } from './lessons/today.tsx'
import { useMe } from './me.ts'
import { Progress } from './progress.tsx'

/** The first screen is each role's next thing to do. */
export function Home() {
  const who = useMe()
  if (!who) return null
  const { role, userId, zone } = who.card
  if (role === 'student') return <Progress studentId={userId} />
  if (role === 'parent') return <Children zone={zone} />
  return <Today who={who} />
}
