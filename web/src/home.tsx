import { lazy } from 'react'
import { useMe } from './me.ts'
import { expected } from './session.ts'

const loads = {
  student: async () => ({ default: (await import('./student/today.tsx')).StudentToday }),
  parent: async () => ({ default: (await import('./family/overview.tsx')).Overview }),
  tutor: async () => ({ default: (await import('./lessons/today.tsx')).Today }),
}
const screens = { student: lazy(loads.student), parent: lazy(loads.parent), tutor: lazy(loads.tutor), admin: lazy(loads.tutor) }
// It is on its way while the server is still asked who this is.
void (expected() === 'student' ? loads.student() : expected() === 'parent' ? loads.parent() : expected() && loads.tutor())

/** The first screen is each role's next thing to do. */
export function Home() {
  const who = useMe()
  if (!who) return null
  const Screen = screens[who.card.role]
  return <Screen who={who} />
}
