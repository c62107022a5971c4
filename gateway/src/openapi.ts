import type { Endpoint } from '@repitbot/contracts/endpoint'
import { z } from 'zod'
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi'
import { type Route, routes } from './routes.ts'

const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
    with: z
      .record(z.string(), z.unknown())
      .optional()
      .meta({ description: 'Facts of the refusal, such as the lesson that a plan conflicts with, or the limit and its bound' }),
    correlationId: z.string().optional(),
  })
  .meta({ id: 'Problem', description: 'A refusal (RFC 9457); the code is stable, the title is in the language of the request' })

/** The OpenAPI 3.1 page of every public route, made from the contracts alone. */
export const openApi = () =>
  createDocument({
    openapi: '3.1.0',
    info: {
      title: 'RepitBot',
      version: '1',
      description: 'Schedule, lessons, progress and money for private tutors and small schools',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags: [...new Set(routes.map(({ api }) => api))].map((name) => ({ name })),
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        bot: { type: 'apiKey', in: 'header', name: 'x-service-secret' },
      },
    },
    paths: paths(),
  })

function paths(): ZodOpenApiPathsObject {
  const all: ZodOpenApiPathsObject = {}
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}')
    all[path] = { ...all[path], [route.row.method]: operation(route) }
  }
  return all
}

function operation({ api, name, row }: Route): ZodOpenApiOperationObject {
  const problem = (description: string) => ({ description, content: { 'application/problem+json': { schema: Problem } } })
  const signedIn = typeof row.who !== 'string'
  return {
    operationId: `${api}.${name}`,
    tags: [api],
    summary: row.summary,
    description: signedIn
      ? `For ${Object.entries(row.who)
          .map(([role, reach]) => `${role} (${reach})`)
          .join(', ')}`
      : undefined,
    security: row.who === 'anyone' ? [] : [{ [signedIn ? 'bearer' : 'bot']: [] }],
    requestParams: { ...(row.params && { path: row.params }), ...(row.query && { query: row.query }) },
    ...(row.body instanceof z.ZodType && { requestBody: { required: !row.cookie, content: { 'application/json': { schema: row.body } } } }),
    responses: {
      [String(row.status ?? (row.reply ? 200 : 204))]: { description: row.summary, ...content(row) },
      ...((row.body || row.query || row.params) && { '400': problem('A field is not as it should be') }),
      ...(row.who !== 'anyone' && { '401': problem('Not signed in') }),
      ...(signedIn && { '403': problem('Not for this role') }),
      ...(row.params && { '404': problem('Not there, or not within reach') }),
      default: problem('Any other refusal'),
    },
  } as ZodOpenApiOperationObject
}

function content({ reply }: Endpoint) {
  if (reply instanceof z.ZodType) return { content: { 'application/json': { schema: reply } } }
  if (reply === 'stream') return { content: { 'text/event-stream': { schema: z.string() } } }
  return reply === 'file' ? { content: { 'application/octet-stream': { schema: z.string() } } } : {}
}
