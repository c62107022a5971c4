import { Refused } from '@repitbot/contracts/client'
import { Failure } from '@repitbot/kit/failure'
import { escaped, type Words } from '../rules/words.ts'

/** The text of a refusal, the same as on the page, as HTML. Undefined for an error that is a fault of ours. */
export function refusalText(words: Words, error: unknown): string | undefined {
  if (error instanceof Refused) {
    const { code, errors = [] } = error.problem
    return [words.html(`failures.${code}`), ...errors.map(({ message }) => escaped(message))].join('\n')
  }
  return isUnanswered(error) || (error instanceof Failure && error.code === 'unavailable') ? words.html('failures.unavailable') : undefined
}

/** What fetch throws when there is no answer in time. */
const isUnanswered = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'TimeoutError' || (error instanceof TypeError && error.message === 'fetch failed'))
