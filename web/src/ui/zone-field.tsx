import { type ComboboxItem, type ComboboxParsedItem, Select } from '@mantine/core'
import { useMemo, useState } from 'react'
import { oneChoice, type ZoneChoice, zoneChoices } from '../time-zones.ts'
import { language, useWords } from '../words.ts'

type Props = { name: string; label: string; defaultValue: string; description?: string; error?: string }

/** A time zone for a `Form`: its place in the language of the page and its offset; found by the place, the offset or its own name. */
export function ZoneField({ defaultValue, ...field }: Props) {
  const t = useWords()
  const [opened, setOpened] = useState(false)
  const [value, setValue] = useState(defaultValue)
  const speaking = language.get()
  // Four hundred zones in words take a moment: they are made when the list is opened.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the places are named in the language
  const data = useMemo(() => (opened ? zoneChoices(defaultValue) : [oneChoice(value)]), [opened, speaking, defaultValue])
  return (
    <Select
      {...field}
      data={data.some((one) => one.value === value) ? data : [oneChoice(value), ...data]}
      value={value}
      onChange={(to) => setValue(to ?? defaultValue)}
      searchable
      allowDeselect={false}
      nothingFoundMessage={t('noZone')}
      filter={({ options, search }) => options.filter((one) => matches(one, search))}
      onDropdownOpen={() => setOpened(true)}
      maxDropdownHeight={260}
      comboboxProps={{ transitionProps: { duration: 0 } }}
    />
  )
}

function matches(option: ComboboxParsedItem, search: string): boolean {
  const words = (option as ComboboxItem & Partial<ZoneChoice>).words ?? ''
  const wanted = search
    .toLowerCase()
    .replaceAll('-', '−')
    .split(/[\s()]+/)
  return wanted.every((part) => words.includes(part))
}
