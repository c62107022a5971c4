import { SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { api } from '../clients.ts'
import { createStore, useStore } from '../store.ts'
import { useWords } from '../words.ts'

/** The child whose pages a parent looks at; the first one until another is chosen, or named by an address. */
const chosen = createStore<string | undefined>(undefined)

export function useChild() {
  const wanted = useStore(chosen)
  const { child: named } = useSearch({ strict: false })
  useEffect(() => {
    if (named) chosen.set(named)
  }, [named])
  const query = useQuery({ queryKey: ['people', 'children'], queryFn: () => api.people.list({ role: 'student', limit: 200 }) })
  const children = query.data ?? []
  return { query, children, child: children.find(({ userId }) => userId === wanted) ?? children[0] }
}

/** Switches between children; hidden where there is only one. */
export function ChildSwitch() {
  const t = useWords()
  const { children, child } = useChild()
  if (children.length < 2) return null
  return (
    <SegmentedControl
      aria-label={t('child')}
      fullWidth
      value={child?.userId}
      onChange={(userId) => chosen.set(userId)}
      data={children.map(({ userId, name }) => ({ value: userId, label: name }))}
    />
  )
}
