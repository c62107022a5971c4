import type { FailureCode } from '@repitbot/contracts/failures'
import type { Pause } from './student.ts'

const daysMax = 30
const daysBackMax = 2
const daysAheadMax = 366

/** A pause is at most 30 days long and begins at most two days ago, so that it repairs no streak that broke earlier. */
export function canPause({ from, until }: Pause, today: number): Pause | FailureCode {
  if (until < from) return 'pause_ends_before_it_begins'
  if (until - from >= daysMax) return 'pause_too_long'
  if (from < today - daysBackMax) return 'pause_too_far_back'
  if (from > today + daysAheadMax) return 'pause_too_far_ahead'
  return { from, until }
}
