/** Every refusal: its code and the status it is answered with. Its public text is in texts/{ru,en}/failures.ts. */
export const failures = {
  bad_request: 400,
  invalid_input: 400,
  not_signed_in: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  too_large: 413,
  wrong_media_type: 415,
  idempotency_key_reused: 422,
  too_many_requests: 429,
  internal: 500,
  upstream_failed: 502,
  unavailable: 503,
  upstream_timeout: 504,
} as const
export type FailureCode = keyof typeof failures
