import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { openLog } from '@repitbot/kit/log'
import { answerProblems } from '@repitbot/kit/problem'
import { expect } from 'chai'
import express from 'express'
import { localOnly } from '../local-only.ts'

describe('the pages of the demo', () => {
  const app = express()
  app.use('/demo', localOnly, (_request, response) => void response.send('letters'))
  app.use(answerProblems(openLog('start', 'silent')))
  let server: ReturnType<typeof app.listen>
  before((done) => {
    server = app.listen(0, '127.0.0.1', () => done())
  })
  after(() => server.close())
  const statusOf = (headers: Record<string, string>) =>
    new Promise<number | undefined>((resolve, reject) =>
      request({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', path: '/demo/mail', headers }, (answer) =>
        resolve(answer.resume().statusCode),
      )
        .on('error', reject)
        .end(),
    )

  it('are there for this machine by its own names, and for nobody else', async () => {
    for (const host of ['localhost:8000', '127.0.0.1:8000', '[::1]:8000', 'localhost']) expect(await statusOf({ host }), host).to.equal(200)
    for (const host of ['evil.example', 'evil.example:8000', 'localhost.evil.example', '127.0.0.1.evil.example:8000', '192.168.1.5:8000'])
      expect(await statusOf({ host }), host).to.equal(404)
    for (const name of ['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'forwarded', 'x-real-ip'])
      expect(await statusOf({ host: 'localhost:8000', [name]: 'x' }), name).to.equal(404)
  })
})
