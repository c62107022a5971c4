import { type ComboboxItem, MultiSelect, type OptionsFilter, Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { Refused } from '@repitbot/contracts/client'
import type { Person } from '@repitbot/contracts/people'
import { useQueries, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { queries } from '../queries.ts'
import { useWords } from '../words.ts'
import { isFound } from './choose-people.ts'
import { firstOf, personOf } from './queries.ts'

/** So many names are offered; one more letter finds the others. */
const offeredMost = 50
/** Names that do not fit any more leave at once, before the answer of the server. */
const fitting: OptionsFilter = ({ options, search }) => options.filter((one) => 'label' in one && isFound(one.label, search))
const optionOf = ({ userId, name }: Person): ComboboxItem => ({ value: userId, label: name })

/** The people of a role whom the server finds by pieces of their names. */
function useFound(as: Person['role']) {
  const [search, setSearch] = useState('')
  const [wanted] = useDebouncedValue(search, 150)
  const { data = [] } = useQuery(firstOf({ role: as, state: 'here', sort: 'name', search: wanted, limit: offeredMost }))
  return { found: data, search, setSearch }
}

/** The students of these ids, and which of the ids are nobody's any more; those that are loading are in neither. */
export function useStudents(ids: string[]) {
  const asked = useQueries({ queries: ids.map(personOf) })
  const people = asked.flatMap(({ data }) => data ?? [])
  const gone = ids.filter((_, at) => {
    const { data, error } = asked[at] ?? {}
    return data ? !data.active || data.role !== 'student' : error instanceof Refused && error.problem.code === 'not_found'
  })
  return { people, gone }
}

type Props = { label: string; value: string[]; choose: (ids: string[]) => void; error?: string | undefined }
type More = { names?: Map<string, string>; description?: string; placeholder?: string | undefined; 'data-autofocus'?: true }

/** Chooses students, found by name among any number of them. `names`: of those whose names are known before they are loaded. */
export function StudentsField({ value, choose, names, ...field }: Props & More) {
  const t = useWords()
  const { found, search, setSearch } = useFound('student')
  const chosen = useStudents(value).people
  const options = new Map(names)
  for (const { userId, name } of [...chosen, ...found]) options.set(userId, name)
  return (
    <MultiSelect
      {...field}
      data={[...options].map(([id, name]) => ({ value: id, label: name }))}
      value={value.filter((id) => options.has(id))}
      onChange={(ids) => {
        for (const one of found) if (ids.includes(one.userId)) queries.setQueryData(personOf(one.userId).queryKey, one)
        choose(ids)
      }}
      searchValue={search}
      onSearchChange={setSearch}
      filter={fitting}
      searchable
      hidePickedOptions
      openOnFocus={false}
      withCheckIcon={false}
      nothingFoundMessage={t('nobodyFound')}
      comboboxProps={{ transitionProps: { duration: 0 } }}
    />
  )
}

/** Chooses one person of a role by name, for a form that is sent whole. `without`: those who are chosen already. */
export function PersonField({ as, without = [], ...field }: PersonProps) {
  const t = useWords()
  const { found, search, setSearch } = useFound(as)
  const [chosen, setChosen] = useState<ComboboxItem>()
  const offered = found.filter(({ userId }) => !without.includes(userId)).map(optionOf)
  const data = chosen && !offered.some(({ value }) => value === chosen.value) ? [chosen, ...offered] : offered
  return (
    <Select
      {...field}
      data={data}
      value={chosen?.value ?? null}
      onChange={(_, option) => setChosen(option ?? undefined)}
      searchValue={search}
      onSearchChange={setSearch}
      filter={fitting}
      searchable
      openOnFocus={false}
      nothingFoundMessage={t('nobodyFound')}
      comboboxProps={{ transitionProps: { duration: 0 } }}
      data-autofocus
    />
  )
}
type PersonProps = { name: string; as: Person['role']; label: string; error?: string | undefined; without?: string[] }
