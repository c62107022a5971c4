import { SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { allOf } from '../people/queries.ts'
import { browserStorage } from '../storage.ts'
import { createStore, useStore } from '../store.ts'
import { useWords } from '../words.ts'

const storageKey = 'repitbot-child'
/** Instead of one child: all of them, on the pages that can show several. */
const all = 'all'
const childrenHere = allOf({ role: 'student' })
/** Whose pages a parent looks at, kept in this browser; the first child until another is chosen, or named by an address. */
const chosen = createStore<string | undefined>(browserStorage.get(storageKey))
function choose(userId: string) {
  browserStorage.set(storageKey, userId)
  chosen.set(userId)
}

export function useChild() {
  const wanted = useStore(chosen)
  const { child: named } = useSearch({ strict: false })
  useEffect(() => {
    if (named) choose(named)
  }, [named])
  const query = useQuery(childrenHere)
  const children = query.data ?? []
  const together = wanted === all && children.length > 1
  return { query, children, together, child: children.find(({ userId }) => userId === wanted) ?? children[0] }
}

/** Switches between children; hidden where there is only one. `withAll`: all of them together can be chosen too. */
export function ChildSwitch({ withAll = false }: { withAll?: boolean }) {
  const t = useWords()
  const { children, child, together } = useChild()
  const data = children.map(({ userId, name }) => ({ value: userId, label: name }))
  if (children.length < 2) return null
  return (
    <SegmentedControl
      aria-label={t('child')}
      fullWidth
      value={withAll && together ? all : child?.userId}
      onChange={choose}
      data={withAll ? [{ value: all, label: t('allChildren') }, ...data] : data}
    />
  )
}
