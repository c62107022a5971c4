import { Failure } from '@repitbot/kit/failure'

/** Refuses a change by somebody who has seen another version than there is now; the answer names the present one. */
export function checkVersion(thing: { version: number }, version: number): void {
  if (thing.version !== version) throw new Failure('conflict', { with: { version: thing.version } })
}
