import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import express, { type Router } from 'express'
import { openApi } from './openapi.ts'

const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
const initializer = `window.onload = () => {
  window.ui = SwaggerUIBundle({ url: '/docs/openapi.json', dom_id: '#swagger-ui', deepLinking: true, presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset], layout: 'StandaloneLayout' })
}
`
const policy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'"
/** What the page needs; the rest of the package says only what is installed here. */
const files =
  /^\/(index\.html|index\.css|swagger-ui(-bundle|-standalone-preset)?\.(js|css)|favicon-\d+x\d+\.png|oauth2-redirect\.(html|js))?$/

/** Serves the interactive API page and its OpenAPI document; nothing is loaded from another host. */
export function docs(router: Router): void {
  let document: string | undefined
  router.get('/docs/openapi.json', (_request, response) => {
    document ??= JSON.stringify(openApi())
    response.type('application/json').send(document)
  })
  router.get('/docs/swagger-initializer.js', (_request, response) => void response.type('text/javascript').send(initializer))
  router.get('/docs', (request, response, next) => (request.path.endsWith('/') ? next() : response.redirect('/docs/')))
  router.use('/docs/', (_request, response, next) => {
    response.set({ 'content-security-policy': policy, 'x-content-type-options': 'nosniff' })
    next()
  })
  const serve = express.static(folder, { index: 'index.html', redirect: false })
  router.use('/docs/', (request, response, next) => (files.test(request.path) ? serve(request, response, next) : next()))
}
