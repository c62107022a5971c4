import { type FailureCode, failures } from '@repitbot/contracts/failures'

/** What the caller may be told beside the code: a field's fault, what it conflicts with, how long to wait. */
export type FailureDetails = {
  errors?: { field: string; message: string }[]
  /** Public facts of a refusal, such as the lesson a booking conflicts with. */
  with?: Record<string, string | number>
  retryAfterSeconds?: number
}

export class Failure extends Error {
  readonly code: FailureCode
  readonly details: FailureDetails
  constructor(code: FailureCode, details: FailureDetails = {}, options?: ErrorOptions) {
    super(code, options)
    this.code = code
    this.details = details
  }
}

/** What a rule orThrow to; a refusal becomes the Failure that the doors answer. */
export function orThrow<T extends object>(decision: T | FailureCode): T {
  if (typeof decision === 'string' && decision in failures) throw new Failure(decision)
  return decision as T
}
