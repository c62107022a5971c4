import { Button, NativeSelect, Stack, Text, TextInput } from '@mantine/core'
import type { CallOptions } from '@repitbot/contracts/client'
import type { Person } from '@repitbot/contracts/people'
import { useState } from 'react'
import { api } from '../clients.ts'
import { useMe } from '../me.ts'
import { queries } from '../queries.ts'
import { Form } from '../ui/form.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { useWords } from '../words.ts'
import { Invitation, useInvite } from './invitation.tsx'

/** A name is enough; the next step, the invitation, is offered at once. */
export function AddPerson({ close }: { close: () => void }) {
  const t = useWords()
  const admin = useMe()?.card.role === 'admin'
  const [added, setAdded] = useState<Person>()
  const { made, invite } = useInvite()
  const add = async ({ name = '', role }: Record<string, string>, once: CallOptions) => {
    setAdded(await api.people.create({ role: role === 'tutor' ? 'tutor' : 'student', name }, once))
    await queries.invalidateQueries({ queryKey: ['people'] })
  }
  if (made) return <Invitation {...made} close={close} />
  if (added)
    return (
      <Sheet title={t('added', { name: added.name })} close={close}>
        <Stack>
          <Text>{t('addedNext')}</Text>
          <Button onClick={() => void invite(added.name, { role: added.role, userId: added.userId })}>{t('invitePerson')}</Button>
          {added.role === 'student' && (
            <Button variant="default" onClick={() => void invite(added.name, { role: 'parent', studentIds: [added.userId] })}>
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
    <Sheet title={admin ? t('addPerson') : t('addStudent')} close={close}>
      <Form act={t('save')} draft="person" send={add}>
        {({ errors }) => (
          <>
            {admin && (
              <NativeSelect
                name="role"
                label={t('role')}
                data={(['student', 'tutor'] as const).map((value) => ({ value, label: t(`roles_${value}`) }))}
              />
            )}
            <TextInput name="name" label={t('name')} autoComplete="off" data-autofocus required maxLength={100} error={errors.name} />
          </>
        )}
      </Form>
    </Sheet>
  )
}
