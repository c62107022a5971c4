import { Text } from '@mantine/core'
import { instantOf, offsetMsAt, wallTimeOf } from '@repitbot/contracts/calendar'
import type { Person } from '@repitbot/contracts/people'
import { momentText } from '../../time.ts'
import { useWords } from '../../words.ts'
import type { Draft } from './plan-draft.ts'

/** A lesson that any part of these hours belongs to is at night. */
const [nightFrom, nightUntil] = ['22:00', '07:00']

/** When the lesson is on the clock of each student who lives by another one, with a warning where that is night. */
export function PupilTimes({ draft, zone, people }: { draft: Draft; zone: string; people: Person[] }) {
  const t = useWords()
  const { day, time, minutes, studentIds } = draft
  if (!day || !time) return null
  const start = instantOf(day, time, zone).getTime()
  const end = start + (Number(minutes) || 0) * 60_000
  const others = people.filter((one) => studentIds.includes(one.userId) && offsetMsAt(start, one.zone) !== offsetMsAt(start, zone))
  return others.map(({ userId, name, zone: theirs }) => {
    const night = isNight(start, theirs) || isNight(end - 60_000, theirs)
    return (
      <Text key={userId} size="sm" className={night ? 'night' : 'dimmed'} fw={night ? 600 : undefined} role={night ? 'status' : undefined}>
        {t(night ? 'pupilAtNight' : 'pupilAt', { name, when: momentText(new Date(start).toISOString(), theirs), zone: theirs })}
      </Text>
    )
  })
}

function isNight(at: number, zone: string): boolean {
  const time = wallTimeOf(at, zone).slice(11)
  return time >= nightFrom || time < nightUntil
}
