import { routerOptions } from '@repitbot/kit/http'
import { expect } from 'chai'
import express from 'express'
import { findRoute, routes } from '../src/routes.ts'

describe('the route of an address', () => {
  /** The services route by Express, over the same rows in the same order. */
  const router = express.Router(routerOptions)
  let found = ''
  for (const { path, title, row } of routes)
    router[row.method](path, (_request, response) => {
      found = title
      response.end()
    })
  const byExpress = (method: string, url: string) => {
    found = ''
    const request = { method, url, headers: {} } as express.Request
    router(request, { end() {}, setHeader() {} } as unknown as express.Response, () => {})
    return found
  }
  const id = '01a2086b-e792-7aba-a076-479a24998a22'

  it('is the one that Express finds in the service, for every row and in every spelling', () => {
    for (const { path, row } of routes) {
      const plain = path.replace(/:\w+/g, id)
      const spellings = [plain, `${plain}/`, `${plain}?a=1&b=/x`, `${plain}//`, `/${plain}`, `${plain}/more`, plain.toUpperCase()]
      for (const url of [...spellings, plain.replace(id, 'check'), plain.replace(id, '%2e%2e'), plain.replace(id, '')])
        for (const method of [row.method.toUpperCase(), 'DELETE', 'PATCH'])
          expect(findRoute(method, url)?.title ?? '', `${method} ${url}`).to.equal(byExpress(method, url))
    }
  })

  it('answers HEAD where it answers GET', () => {
    expect(findRoute('HEAD', '/api/v1/lessons')?.title).to.equal('GET /api/v1/lessons')
    expect(findRoute('HEAD', '/auth/login')).to.equal(undefined)
  })
})
