import { NativeSelect, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useMe } from '../me.ts'
import { useWords } from '../words.ts'
import { type Choice, peopleStates } from './choose-people.ts'
import { tutorsHere } from './queries.ts'

const allRoles = ['', 'student', 'parent', 'tutor', 'admin'] as const
const sorts = ['name', 'newest'] as const

/** Whom the list shows, and in which order. */
export function Filters({ choice, change }: { choice: Choice; change: (some: Partial<Choice>) => void }) {
  const t = useWords()
  const admin = useMe()?.card.role === 'admin'
  const { data = [] } = useQuery({ ...tutorsHere, enabled: admin })
  const tutors = data.map(({ userId, name }) => ({ value: userId, label: name }))
  // A tutor reaches students and their families.
  const roles = admin ? allRoles : allRoles.slice(0, 3)
  return (
    <div className="people-filters">
      <TextInput
        type="search"
        className="people-search"
        aria-label={t('searchName')}
        placeholder={t('searchName')}
        leftSection={<IconSearch size={18} aria-hidden />}
        value={choice.search}
        onChange={({ currentTarget }) => change({ search: currentTarget.value })}
      />
      <NativeSelect
        aria-label={t('role')}
        value={choice.role}
        onChange={({ currentTarget }) => change({ role: roles.find((one) => one === currentTarget.value) ?? '' })}
        data={roles.map((value) => ({ value, label: value ? t(`group_${value}`) : t('allRoles') }))}
      />
      <NativeSelect
        aria-label={t('state')}
        value={choice.state}
        onChange={({ currentTarget }) => change({ state: peopleStates.find((one) => one === currentTarget.value) ?? 'here' })}
        data={peopleStates.map((value) => ({ value, label: t(`state_${value}`) }))}
      />
      {tutors.length > 1 && (
        <NativeSelect
          aria-label={t('tutor')}
          value={choice.tutorId}
          onChange={({ currentTarget }) => change({ tutorId: currentTarget.value })}
          data={[{ value: '', label: t('allTutors') }, ...tutors]}
        />
      )}
      <NativeSelect
        aria-label={t('sort')}
        value={choice.sort}
        onChange={({ currentTarget }) => change({ sort: sorts.find((one) => one === currentTarget.value) ?? 'name' })}
        data={sorts.map((value) => ({ value, label: t(`sort_${value}`) }))}
      />
    </div>
  )
}
