import { lazy } from 'react'
import { expectedRole, useMe } from './me.ts'

const loads = {
  student: async () => ({ default: (await import('./student/today.tsx')).StudentToday }),
  parent: async () => ({ default: (await import('./family/overview.tsx')).Overview }),
  tutor: async () => ({ default: (await import('./lessons/today/today.tsx')).Today }),
}
const screens = { student: lazy(loads.student), parent: lazy(loads.parent), tutor: lazy(loads.tutor), admin: lazy(loads.tutor) }
// Loading starts while the server is still asked who is signed in.
void (expectedRole() === 'student' ? loads.student() : expectedRole() === 'parent' ? loads.parent() : expectedRole() && loads.tutor())

/** The first screen is each role's next thing to do. */
export function Home() {
  const who = useMe()
  if (!who) return null
  const Screen = screens[who.card.role]
  return <Screen who={who} />
}
