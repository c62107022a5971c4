import type { Problem } from '@repitbot/contracts/client'
import { failures } from '@repitbot/contracts/failures'
import { failures as en } from '@repitbot/contracts/texts/en/failures'
import { failures as ru } from '@repitbot/contracts/texts/ru/failures'
import type { ErrorRequestHandler, Request } from 'express'
import { z } from 'zod'
import { context } from './context.ts'
import { Failure } from './failure.ts'
import type { Log } from './log.ts'

const texts = { ru, en }
const spoken = { ru: z.locales.ru().localeError, en: z.locales.en().localeError }
type Language = keyof typeof texts
const languageOf = (request: Request): Language => (request.acceptsLanguages('ru', 'en') || 'ru') as Language

/** Reads what a client sent by its schema, or refuses it with every field at fault, in the client's language. */
export function parsed(schema: z.ZodType, value: unknown, request: Request): unknown {
  const read = schema.safeParse(value, { error: (issue) => issue.message ?? spoken[languageOf(request)](issue) })
  const unkept = read.success ? withNul(read.data) : []
  if (read.success && !unkept.length) return read.data
  if (read.success) throw new Failure('invalid_input', { errors: unkept.map((field) => ({ field, message: noNul(languageOf(request)) })) })
  const errors = read.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ field: [...issue.path, key].join('.'), message: issue.message }))
      : [{ field: issue.path.join('.'), message: issue.message }],
  )
  throw new Failure('invalid_input', { errors })
}

/** Fields with a character that no column of Postgres can keep. */
function withNul(value: unknown, path: string[] = []): string[] {
  if (typeof value === 'string') return value.includes('\0') ? [path.join('.')] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => withNul(inner, [...path, name]))
}
function noNul(language: Language): string {
  const told = spoken[language]({ code: 'invalid_format', format: 'regex', pattern: '/^[^\\0]*$/', input: '', path: [] })
  return (typeof told === 'string' ? told : told?.message) ?? ''
}

/** Answers every error as a problem (RFC 9457). A Failure tells its code; anything else is a bug: 500, nothing told, all logged. */
export function answerProblems(log: Log): ErrorRequestHandler {
  return (error, request, response, _next) => {
    const failure = error instanceof Failure ? error : (refusedByExpress(error) ?? new Failure('internal', {}, { cause: error }))
    const status = failures[failure.code]
    if (status >= 500)
      log[failure.code === 'unavailable' ? 'warn' : 'error']({ code: failure.code, error: tellable(failure.cause) }, 'A request failed')
    if (response.headersSent) return void response.destroy()
    const { errors, with: facts, retryAfterSeconds } = failure.details
    const problem: Problem & { with?: object } = {
      type: `urn:repitbot:problem:${failure.code}`,
      title: texts[languageOf(request)][failure.code],
      status,
      code: failure.code,
      ...(errors && { errors }),
      ...(facts && { with: facts }),
      correlationId: context()?.correlationId,
    }
    if (retryAfterSeconds) response.set('retry-after', String(retryAfterSeconds))
    response.status(status).type('application/problem+json').send(JSON.stringify(problem))
  }
}

/** What Express and its body parser refuse by themselves. */
function refusedByExpress(error: { status?: number; type?: string }): Failure | undefined {
  if (error.status === 413) return new Failure('too_large')
  if (error.status === 415) return new Failure('wrong_media_type')
  if (error.status && error.status >= 400 && error.status < 500) return new Failure('bad_request')
  return undefined
}

const tellable = (cause: unknown) =>
  cause instanceof Error ? (cause.stack ?? cause.message) : cause === undefined ? undefined : String(cause)
