import { Button, Stack, Text } from '@mantine/core'
import type { Person } from '@repitbot/contracts/people'
import { Link } from '@tanstack/react-router'
import { Sheet } from '../ui/sheet.tsx'
import { useWords } from '../words.ts'
import { Invitation, useInvite } from './invitation.tsx'

/** The step after somebody was added: the invitation of one, the pages of many. */
export function Added({ people, close }: { people: Person[]; close: () => void }) {
  const t = useWords()
  const { made, invite } = useInvite()
  if (made) return <Invitation {...made} close={close} />
  const [first, ...others] = people
  if (first && others.length === 0)
    return (
      <Sheet title={t('added', { name: first.name })} close={close}>
        <Stack>
          <Text>{t('addedNext')}</Text>
          <Button onClick={() => void invite(first.name, { role: first.role, userId: first.userId })}>{t('invitePerson')}</Button>
          {first.role === 'student' && (
            <Button variant="default" onClick={() => void invite(first.name, { role: 'parent', studentIds: [first.userId] })}>
              {t('inviteParent')}
            </Button>
          )}
          <Button variant="subtle" onClick={close}>
            {t('notNow')}
          </Button>
        </Stack>
      </Sheet>
    )
  return (
    <Sheet title={t('addedMany', { count: people.length })} close={close}>
      <Stack>
        <Text>{t('addedManyNext')}</Text>
        <div className="rows card">
          {people.map(({ userId, name }) => (
            <Link key={userId} className="row" to="/people/$userId" params={{ userId }} replace onClick={close}>
              <Text className="grow">{name}</Text>
            </Link>
          ))}
        </div>
        <Button onClick={close}>{t('close')}</Button>
      </Stack>
    </Sheet>
  )
}
