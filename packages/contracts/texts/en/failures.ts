import type { failures as ru } from '../ru/failures.ts'

export const failures: Record<keyof typeof ru, string> = {
  bad_request: 'The request could not be read. Check that the body is valid JSON.',
  invalid_input: 'Check the fields: something is not filled in as it should be.',
  not_signed_in: 'Sign in first.',
  forbidden: 'You are not allowed to do this.',
  not_found: 'Not found.',
  method_not_allowed: 'This address does not take that method.',
  conflict: 'This contradicts what is already there.',
  too_large: 'Too much data for one request.',
  wrong_media_type: 'JSON is needed: Content-Type must be application/json.',
  idempotency_key_reused: 'This Idempotency-Key was already used with other content. Take a new key.',
  too_many_requests: 'Too fast. Wait and try again.',
  internal: 'Something broke on our side. It has been recorded; try again later.',
  upstream_failed: 'A part of the system gave an answer that makes no sense. Try again later.',
  unavailable: 'A part of the system is not available now. Nothing is lost; try again in a minute.',
  upstream_timeout: 'A part of the system did not answer in time. Try again in a minute.',
}
