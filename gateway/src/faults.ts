import { Failure } from '@repitbot/kit/failure'

export const gone = new Error('The client has gone away')
/** Whether an error counts as a failure of the service. A client that left, stalled or sent too large a body does not. */
export const isFault = (error: unknown): boolean =>
  error !== gone && !(error instanceof Failure && (error.code === 'too_large' || error.code === 'body_stalled'))

const codeOf = (error: unknown) => (error as { code?: string }).code ?? ''
const unreachable = [
  'ECONNREFUSED',
  'UND_ERR_CONNECT_TIMEOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_DESTROYED',
  'UND_ERR_CLOSED',
]
/** Whether the connection failed, before the answer or while it was read. */
export const isLost = (error: unknown) => ['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE', ...unreachable].includes(codeOf(error))

/** The refusal that the client gets for an error. */
export function failureOf(error: unknown): Failure {
  if (error instanceof Failure) return error
  const code = codeOf(error)
  if (unreachable.includes(code)) return new Failure('unavailable', {}, { cause: error })
  if (code === 'UND_ERR_BODY_TIMEOUT') return new Failure('upstream_timeout', {}, { cause: error })
  return new Failure('upstream_failed', {}, { cause: error })
}
