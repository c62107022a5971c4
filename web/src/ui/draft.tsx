import { Anchor, Text } from '@mantine/core'
import { useState } from 'react'
import { me } from '../me.ts'
import { draftKey, tabStorage } from '../storage.ts'
import { useWords } from '../words.ts'

const keyOf = (name: string) => {
  const who = me.get()
  return draftKey(typeof who === 'object' ? who.card.userId : 'visitor', name)
}

/** What was typed under a name by whoever is signed in; nothing where there is none, or it cannot be read. */
export function readDraft<T>(name: string): Partial<T> | undefined {
  try {
    return JSON.parse(tabStorage.get(keyOf(name)) ?? 'null') ?? undefined
  } catch {
    return undefined
  }
}
export const keepDraft = (name: string, typed: object | undefined): void => tabStorage.set(keyOf(name), typed && JSON.stringify(typed))

export type Draft<T> = {
  draft: T
  change(some: Partial<T> | ((was: T) => Partial<T>)): void
  /** Sent: nothing is kept any more. */
  forget(): void
  /** Whether something typed earlier has come back, and how to throw it away. */
  restored: boolean
  throwAway(): void
}

/**
 * What is typed into a sheet, kept in this tab until it is sent or thrown away: Back, a tap outside, a reload or a lost connection loses
 * nothing. `name` says what is filled in, with its id (`report-<lessonId>`); each person has their own. Signing out removes all. `over`
 * goes before what was typed: the place of the week that was just clicked.
 */
export function useDraft<T extends object>(name: string, first: T, over?: Partial<T>): Draft<T> {
  const [{ draft, restored }, set] = useState(() => {
    const kept = readDraft<T>(name)
    return { draft: { ...first, ...kept, ...over }, restored: Boolean(kept) }
  })
  return {
    draft,
    restored,
    change: (some) =>
      set((was) => {
        const next = { ...was.draft, ...(typeof some === 'function' ? some(was.draft) : some) }
        keepDraft(name, next)
        return { ...was, draft: next }
      }),
    forget() {
      keepDraft(name, undefined)
      // A change that waits for the next drawing would keep it again, so it is removed once more after that.
      set((was) => {
        keepDraft(name, undefined)
        return was
      })
    },
    throwAway() {
      keepDraft(name, undefined)
      set({ draft: { ...first, ...over }, restored: false })
    },
  }
}

/** Says that a form holds what was typed earlier, and offers to begin anew. */
export function Restored({ restored, throwAway }: Pick<Draft<object>, 'restored' | 'throwAway'>) {
  const t = useWords()
  if (!restored) return null
  return (
    <Text size="sm" c="dimmed">
      {t('draftRestored')}{' '}
      <Anchor component="button" type="button" inherit onClick={throwAway}>
        {t('draftThrowAway')}
      </Anchor>
    </Text>
  )
}
