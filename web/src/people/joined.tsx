import { Badge } from '@mantine/core'
import type { Invitation, Person } from '@repitbot/contracts/people'
import { IconBan, IconCheck, IconClock, IconMailQuestion } from '@tabler/icons-react'
import { useWords } from '../words.ts'

/** Whether somebody comes in: closed, in already, invited, or not yet invited. */
export function Joined({ person: { active, signsIn }, invited }: { person: Pick<Person, 'active' | 'signsIn'>; invited?: Invitation }) {
  const t = useWords()
  const [color, Icon, word] = !active
    ? (['red', IconBan, 'closed'] as const)
    : signsIn
      ? (['green', IconCheck, 'joined'] as const)
      : invited
        ? (['amber', IconClock, 'invited'] as const)
        : (['slate', IconMailQuestion, 'notJoined'] as const)
  return (
    <Badge color={color} leftSection={<Icon size={13} aria-hidden />}>
      {t(word)}
    </Badge>
  )
}
