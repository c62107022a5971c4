import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pageNames, pageOf } from '@repitbot/contracts/pages'
import { expect } from 'chai'
import express from 'express'
import { web } from '../src/web.ts'

describe('the addresses of the web app', () => {
  const folder = mkdtempSync(join(tmpdir(), 'repitbot-web-'))
  let server: ReturnType<ReturnType<typeof express>['listen']>
  let origin = ''
  before(async () => {
    writeFileSync(join(folder, 'index.html'), '<html data-nonce="__NONCE__"></html>')
    const app = express()
    web(folder)(app)
    server = app.listen(0)
    await new Promise((resolve) => server.once('listening', resolve))
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  after(() => {
    server.close()
    rmSync(folder, { recursive: true, force: true })
  })

  for (const name of pageNames)
    it(`answers with the app where the page ${name} is opened or reloaded`, async () => {
      const answer = await fetch(origin + pageOf(name).path.replace(/:\w+/g, 'any'))
      expect(answer.status).to.equal(200)
      expect(await answer.text()).to.match(/^<html data-nonce="[\w-]{22}">/)
    })

  it('answers 404, and no page, at any other address', async () => {
    for (const path of ['/pupils', '/people/one/two', '/lessons']) expect((await fetch(origin + path)).status, path).to.equal(404)
  })
})
