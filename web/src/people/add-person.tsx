import { NativeSelect, Stack, Text, Textarea } from '@mantine/core'
import type { CallOptions } from '@repitbot/contracts/client'
import type { Person } from '@repitbot/contracts/people'
import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useState } from 'react'
import { api } from '../clients.ts'
import { useMe } from '../me.ts'
import { queries } from '../queries.ts'
import { Restored, useDraft } from '../ui/draft.tsx'
import { Form } from '../ui/form.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { ZoneField } from '../ui/zone-field.tsx'
import { useWords } from '../words.ts'
import { Added } from './added.tsx'
import { tutorsHere } from './queries.ts'

/** So many names are added in one go: each is a request of its own, well within the limit of a minute. */
const namesMax = 50
const linesIn = (text: string) => text.split('\n').flatMap((line) => line.trim() || [])

/** Several lines are pasted; typed, Enter sends the form as in a field of one line, and Shift with Enter begins another name. */
const sendByEnter = (event: KeyboardEvent<HTMLTextAreaElement>) => {
  if (event.key !== 'Enter' || event.shiftKey) return
  event.preventDefault()
  event.currentTarget.form?.requestSubmit()
}

/** A name is enough, or a list of them; the next step, the invitation, is offered at once. `only`: nobody else is wanted now. */
export function AddPerson({ close, only }: { close: () => void; only?: 'student' }) {
  const t = useWords()
  const admin = useMe()?.card.role === 'admin'
  const [role, setRole] = useState<'student' | 'tutor'>('student')
  const typed = useDraft('person', { names: '' })
  const { names } = typed.draft
  const setNames = (to: string) => typed.change({ names: to })
  const [added, setAdded] = useState<Person[]>([])
  const [done, setDone] = useState(false)
  const tooMany = linesIn(names).length > namesMax
  const school = useQuery({ queryKey: ['school'], queryFn: () => api.school.get({}) }).data
  const add = async ({ tutorId, zone }: Record<string, string>, once: CallOptions) => {
    const lines = linesIn(names)
    const tutorIds = role === 'student' && tutorId !== undefined ? [tutorId].filter(Boolean) : undefined
    for (const [index, name] of lines.entries()) {
      const person = await api.people.create(
        { role, name, zone, tutorIds },
        { idempotencyKey: `${once.idempotencyKey}-${added.length + index}` },
      )
      setAdded((before) => [...before, person])
      // What is added leaves the field: after a refusal the rest can be sent again, and nobody is added twice.
      setNames(lines.slice(index + 1).join('\n'))
    }
    typed.forget()
    setDone(true)
    await queries.invalidateQueries({ queryKey: ['people'] })
  }
  if (done) return <Added people={added} close={close} />
  return (
    <Sheet title={admin && !only ? t('addPerson') : t('addStudent')} close={close}>
      <Form act={t('save')} send={async (values, once) => (tooMany ? undefined : add(values, once))}>
        {({ errors }) => (
          <Stack>
            <Restored {...typed} />
            {added.length > 0 && <Text size="sm">{t('addedSoFar', { names: added.map(({ name }) => name).join(', ') })}</Text>}
            {admin && !only && (
              <NativeSelect
                label={t('role')}
                value={role}
                onChange={({ currentTarget }) => setRole(currentTarget.value === 'tutor' ? 'tutor' : 'student')}
                data={(['student', 'tutor'] as const).map((value) => ({ value, label: t(`roles_${value}`) }))}
              />
            )}
            <Textarea
              label={t('name')}
              description={t('namesHint')}
              autoComplete="off"
              autosize
              data-autofocus
              required
              value={names}
              onChange={({ currentTarget }) => setNames(currentTarget.value)}
              onKeyDown={sendByEnter}
              error={tooMany ? t('namesMax', { most: namesMax }) : errors.name}
            />
            {admin && role === 'student' && <TutorOfNew error={errors.tutorIds} />}
            {school && (
              <ZoneField name="zone" label={t('zone')} description={t('zoneOfNew')} defaultValue={school.zone} error={errors.zone} />
            )}
          </Stack>
        )}
      </Form>
    </Sheet>
  )
}

/** Whose student it will be: an admin who teaches begins with themself, a school with one tutor with that one. */
function TutorOfNew({ error }: { error?: string }) {
  const t = useWords()
  const own = useMe()?.card
  const query = useQuery(tutorsHere)
  if (!query.data) return null
  const tutors = query.data
  const first = tutors.find(({ userId }) => userId === own?.userId) ?? (tutors.length === 1 ? tutors[0] : undefined)
  if (tutors.length === 0 || (tutors.length === 1 && first?.userId === own?.userId)) return null
  return (
    <NativeSelect
      name="tutorId"
      label={t('tutor')}
      defaultValue={first?.userId ?? ''}
      error={error}
      data={[{ value: '', label: t('noTutorYet') }, ...tutors.map(({ userId, name }) => ({ value: userId, label: name }))]}
    />
  )
}
