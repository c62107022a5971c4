import { Failure } from '@repitbot/kit/failure'
import { refusedBy } from '@repitbot/kit/pool'

/** Throws the refusal that belongs to a violated unique key; any other error is thrown as it is. */
export function refuseTaken(error: unknown): never {
  const { code, constraint } = refusedBy(error)
  if (code === '23505' && constraint === 'membership_person_id_school_id_role_key')
    throw new Failure('already_member', {}, { cause: error })
  if (code === '23505' && constraint === 'person_email_key') throw new Failure('wrong_credentials', {}, { cause: error })
  if (code === '23505' && constraint === 'person_telegram_id_key') throw new Failure('telegram_taken', {}, { cause: error })
  throw error
}
