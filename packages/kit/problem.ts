import type { Problem } from '@repitbot/contracts/client'
import { failures } from '@repitbot/contracts/failures'
import { failures as en } from '@repitbot/contracts/texts/en/failures'
import { fields as fieldsEn } from '@repitbot/contracts/texts/en/frame'
import { failures as ru } from '@repitbot/contracts/texts/ru/failures'
import { fields as fieldsRu } from '@repitbot/contracts/texts/ru/frame'
import type { ErrorRequestHandler, Request } from 'express'
import { z } from 'zod'
import { context } from './context.ts'
import { Failure } from './failure.ts'
import type { Log } from './log.ts'
import { isStorable } from './storable.ts'

const texts = { ru, en }
const fieldTexts = { ru: fieldsRu, en: fieldsEn }
const zodTexts = { ru: z.locales.ru().localeError, en: z.locales.en().localeError }
type Language = keyof typeof texts
const languageOf = (request: Request): Language => (request.acceptsLanguages('ru', 'en') || 'ru') as Language

/** Parses what a client sent. Throws `invalid_input` with every wrong field, in the client's language. */
export function parse(schema: z.ZodType, value: unknown, request: Request): unknown {
  const language = languageOf(request)
  const result = schema.safeParse(value, { error: (issue) => issue.message ?? zodTexts[language](issue) })
  const notStorable = result.success ? fieldsNotStorable(result.data) : []
  if (result.success && !notStorable.length) return result.data
  if (result.success)
    throw new Failure('invalid_input', { errors: notStorable.map((field) => ({ field, message: fieldTexts[language].notStorable })) })
  const errors = result.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ field: [...issue.path, key].join('.'), message: issue.message }))
      : [{ field: issue.path.join('.'), message: issue.message }],
  )
  throw new Failure('invalid_input', { errors })
}

/** The fields whose text or name Postgres cannot store. */
function fieldsNotStorable(value: unknown, path: string[] = []): string[] {
  if (typeof value === 'string') return isStorable(value) ? [] : [path.join('.')]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) =>
    isStorable(name) ? fieldsNotStorable(inner, [...path, name]) : [[...path, name].join('.')],
  )
}

/** Of every answer that is data and no page: a browser neither guesses its type, nor shows it in a frame, nor runs anything in it. */
export const apiHeaders = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
}

/** Answers every error with a problem (RFC 9457). A Failure is sent with its code. Anything else is a bug: 500 without details, and its cause is logged. */
export function answerProblems(log: Log): ErrorRequestHandler {
  return (error, request, response, _next) => {
    const failure = error instanceof Failure ? error : (failureOfExpress(error) ?? new Failure('internal', {}, { cause: error }))
    const status = failures[failure.code]
    if (status >= 500)
      log[failure.code === 'unavailable' ? 'warn' : 'error'](
        { code: failure.code, error: describeCause(failure.cause) },
        'A request failed',
      )
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
    response
      .set({ 'cache-control': 'no-store', ...apiHeaders })
      .status(status)
      .type('application/problem+json')
      .send(JSON.stringify(problem))
  }
}

/** The Failure for what Express and its body parser refuse by themselves. */
function failureOfExpress(error: { status?: number; type?: string }): Failure | undefined {
  if (error.status === 413) return new Failure('too_large')
  if (error.status === 415) return new Failure('wrong_media_type')
  if (error.status && error.status >= 400 && error.status < 500) return new Failure('bad_request')
  return undefined
}

const describeCause = (cause: unknown) =>
  cause instanceof Error ? (cause.stack ?? cause.message) : cause === undefined ? undefined : String(cause)
