import { Button, Checkbox, Group, NativeSelect, Stack, Text, TextInput, Title } from '@mantine/core'
import type { Person } from '@repitbot/contracts/people'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../clients.ts'
import { daysAhead } from '../days-ahead.ts'
import { isOpen, lessonsIn, startOf } from '../lessons/lessons.ts'
import { useMe } from '../me.ts'
import { queries } from '../queries.ts'
import { reloadMe } from '../session.ts'
import { Form } from '../ui/form.tsx'
import { useReplace } from '../ui/replace.ts'
import { showToast, tryOrToast } from '../ui/toast.tsx'
import { offerUndo } from '../ui/undo.tsx'
import { useWords } from '../words.ts'
import { loadAnew } from './queries.ts'

const roles = ['student', 'parent', 'tutor', 'admin'] as const

/** What only the school may do with a membership: its name, its role, whether it is open. */
export function Membership({ person }: { person: Person }) {
  const t = useWords()
  const [asking, setAsking] = useState(false)
  const [wanted, setWanted] = useState(person.role)
  const own = useMe()?.card.userId === person.userId
  const { userId, name, role, active } = person
  const again = () => queries.invalidateQueries({ queryKey: ['people'] })
  const shown = {
    name: true as const,
    role: (one: Person['role']) => t(`roles_${one}`),
    teaches: (yes?: boolean) => (yes ? t('teachesToo') : null),
  }
  const replace = useReplace(person, { shown, load: () => (own ? reloadMe() : again()).then(() => loadAnew(userId)) })
  const save = async (given: Record<string, string>) => {
    const chosen = roles.find((one) => one === given.role) ?? role
    const teaches = given.teaches !== undefined
    await replace(async (seen) => {
      const { version } =
        given.name && given.name !== name ? await api.people.change({ userId, name: given.name, version: seen }) : { version: seen }
      if (chosen !== role || teaches !== Boolean(person.teaches))
        await api.people.changeRole({ userId, role: chosen, ...(chosen === 'admin' && { teaches }), version })
    })
    showToast({ text: t('saved') })
  }
  const open = () => api.people.enable({ userId }).then(again)
  const shut = async () => {
    setAsking(false)
    if (!(await tryOrToast(api.people.disable({ userId })))) return
    await again()
    offerUndo({ text: t('nowClosed', { name }), undo: open })
  }
  return (
    <Stack gap="xs">
      <Title order={3}>{t('membership')}</Title>
      <Form act={t('save')} send={save}>
        {({ errors }) => (
          <>
            <TextInput name="name" label={t('name')} defaultValue={name} required maxLength={100} error={errors.name} />
            <NativeSelect
              name="role"
              label={t('role')}
              description={t('roleHint')}
              value={wanted}
              onChange={({ currentTarget }) => setWanted(roles.find((one) => one === currentTarget.value) ?? role)}
              disabled={own}
              error={errors.role}
              data={roles.map((value) => ({ value, label: t(`roles_${value}`) }))}
            />
            {wanted === 'admin' && (
              <Checkbox
                name="teaches"
                label={t('teachesToo')}
                description={t('teachesTooHint')}
                defaultChecked={person.teaches}
                error={errors.teaches}
              />
            )}
          </>
        )}
      </Form>
      {!own && (
        <Group mt="xs">
          {!active && (
            <Button variant="default" onClick={() => void tryOrToast(open())}>
              {t('openAgain', { name })}
            </Button>
          )}
          {active && !asking && (
            <Button variant="light" color="red" onClick={() => setAsking(true)}>
              {t('shut', { name })}
            </Button>
          )}
          {active && asking && (
            <>
              <Text size="sm">{t('shutAbout', { name })}</Text>
              <LessonsAhead person={person} />
              <Button color="red" onClick={() => void shut()}>
                {t('shut', { name })}
              </Button>
              <Button variant="default" onClick={() => setAsking(false)}>
                {t('keepOpen')}
              </Button>
            </>
          )}
        </Group>
      )}
    </Stack>
  )
}

/** What closing costs: the lessons ahead are cancelled with it, and bringing the person back does not bring those back. */
function LessonsAhead({ person: { userId } }: { person: Person }) {
  const t = useWords()
  const zone = useMe()?.card.zone ?? 'UTC'
  const { data } = useQuery(lessonsIn(daysAhead(100, zone)))
  const ahead = data?.filter(
    (lesson) =>
      isOpen(lesson) &&
      startOf(lesson) > Date.now() &&
      (lesson.tutorId === userId || lesson.students.some(({ studentId }) => studentId === userId)),
  )
  return ahead?.length ? <Text size="sm">{t('shutLessons', { count: ahead.length })}</Text> : null
}
