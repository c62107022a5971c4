import { Refused } from '@repitbot/contracts/client'
import { useRef } from 'react'
import { translate } from '../words.ts'

/** What is replaced, field by field, and how each is read out: as it is, or as a function says. */
type Shown<T> = { [K in keyof T]?: true | ((value: T[K]) => string | null | undefined) }
type Replacing<T> = { shown: Shown<T>; load: () => Promise<T> }

const isConflict = (error: unknown): error is Refused => error instanceof Refused && error.problem.code === 'conflict'

/**
 * Replaces fields of `present` as they were when the form was filled with them. Where somebody has changed one of them meanwhile it is
 * refused, and what is there now is told beside each; sent once more it replaces that. What else has changed is no reason to refuse.
 */
export function useReplace<T extends { version: number }>(present: T, { shown, load }: Replacing<T>) {
  const seen = useRef(present)
  const fields = Object.keys(shown) as (keyof T & string)[]
  const changedIn = (now: T) =>
    fields.filter((field) => seen.current[field] !== undefined && JSON.stringify(now[field]) !== JSON.stringify(seen.current[field]))
  const told = (field: keyof T & string, now: T) => {
    const text = shown[field]
    const what = typeof text === 'function' ? text(now[field]) : now[field]
    return { field, message: translate('nowHere', { what: what ? String(what) : translate('nothingHere') }) }
  }
  return async (send: (version: number) => Promise<unknown>): Promise<void> => {
    if (!changedIn(present).length) seen.current = present
    try {
      await send(seen.current.version)
    } catch (error) {
      if (!isConflict(error)) throw error
      const now = await load()
      const changed = changedIn(now)
      seen.current = now
      if (changed.length) throw new Refused({ ...error.problem, errors: changed.map((field) => told(field, now)) })
      await send(now.version)
    }
    seen.current = await load()
  }
}
