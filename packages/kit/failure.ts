import { type FailureCode, failures } from '@repitbot/contracts/failures'

/** What is sent to the caller beside the code: which field is wrong, what it conflicts with, how long to wait. */
export type FailureDetails = {
  errors?: { field: string; message: string }[]
  /** Public details of a refusal, such as the lesson that a booking conflicts with. */
  with?: Record<string, string | number>
  retryAfterSeconds?: number
}

/** A refusal with a code of contracts/failures.ts. Its cause is logged and never sent. */
export class Failure extends Error {
  readonly code: FailureCode
  readonly details: FailureDetails
  constructor(code: FailureCode, details: FailureDetails = {}, options?: ErrorOptions) {
    super(code, options)
    this.code = code
    this.details = details
  }
}

/** Refuses a change by somebody who has seen another version than there is now; the answer names the present one. */
export function checkVersion(thing: { version: number }, version: number): void {
  if (thing.version !== version) throw new Failure('conflict', { with: { version: thing.version } })
}

/** Returns a rule's decision, or throws the Failure when the rule returned a code. */
export function orThrow<T extends object>(decision: T | FailureCode): T {
  if (typeof decision === 'string' && decision in failures) throw new Failure(decision)
  return decision as T
}
