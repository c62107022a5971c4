import { setTimeout as sleep } from 'node:timers/promises'
import { openLog } from '@repitbot/kit/log'
import { expect } from 'chai'
import { openInstances } from '../src/instances.ts'
import { bearer, lessonList, nobody, openAndClose } from './stand-in.ts'

const log = openLog('test', 'silent')

describe('the instances of a service', () => {
  const open = openAndClose()
  const serviceThatSays = (name: string, more: { slowMs?: number } = {}) =>
    open.service((_request, response) => setTimeout(() => response.end(name), more.slowMs ?? 0))
  const before = async (urls: string[]) => {
    const gateway = await open.gateway({ upstreams: { lesson: urls } })
    const headers = await bearer()
    return async (init: RequestInit = {}, path = lessonList) => {
      const answer = await fetch(gateway.url + path, { ...init, headers })
      return { status: answer.status, text: await answer.text() }
    }
  }

  it('get requests by which of them is least busy', async () => {
    const [slow, quick] = [await serviceThatSays('slow', { slowMs: 300 }), await serviceThatSays('quick')]
    const ask = await before([slow.url, quick.url])
    const answers: string[] = []
    const asker = async () => {
      for (let n = 0; n < 10; n++) answers.push((await ask()).text)
    }
    await Promise.all([asker(), asker(), asker(), asker()])
    expect(answers.filter((name) => name === 'quick').length, 'of 40').to.be.at.least(28)
  })

  it('answer a GET though the first one fails, and never send a POST twice', async () => {
    let posts = 0
    const good = await open.service((request, response) => {
      if (request.method === 'POST') posts++
      response.end('good')
    })
    let cuts = 0
    const bad = await open.service((request) => {
      if (request.method === 'POST') posts++
      cuts++
      request.socket.destroy()
    })
    const ask = await before([good.url, bad.url])
    for (let n = 0; n < 12; n++) expect((await ask()).status).to.equal(200)
    expect(cuts, 'ejected after failures in a row').to.be.within(1, 3)
    await sleep(2_100)
    const statuses = [await ask({ method: 'POST' }, '/api/v1/lessons'), await ask({ method: 'POST' }, '/api/v1/lessons')]
    expect([posts, statuses.filter(({ status }) => status === 502).length]).to.deep.equal([2, 1])
  })

  it('get no requests while a probe of them fails, and get them again when a probe succeeds', async () => {
    const [one, two] = [await serviceThatSays('one'), await serviceThatSays('two')]
    const both = openInstances([one.url, two.url], log)
    open.add(both)
    await both.read()
    await both.probe()
    const picked = () => new Set(Array.from({ length: 6 }, () => both.pick()?.address))
    expect(picked()).to.have.keys(one.url, two.url)
    const first = both.all()[0]
    for (let n = 0; n < 3; n++) first?.failed()
    expect(first?.state()).to.equal('ejected')
    expect(picked()).to.have.keys(two.url)
    await both.probe()
    expect(picked(), 'a successful probe takes it back').to.have.keys(one.url, two.url)
    await one.close()
    await both.probe()
    expect([first?.state(), [...picked()]]).to.deep.equal(['down', [two.url]])
    await two.close()
    await both.probe()
    expect(picked(), 'where none is up, all are tried').to.have.keys(one.url, two.url)
  })

  it('are all the addresses of a name, which is resolved again and again', async () => {
    let addresses = ['127.0.0.1', '127.0.0.2']
    let isBroken = false
    const service = openInstances(['http://lesson.services.test:8002'], log, async (name) => {
      expect(name).to.equal('lesson.services.test')
      if (isBroken) throw new Error('no such name')
      return addresses
    })
    open.add(service)
    const addressesNow = () => service.all().map(({ address }) => address)
    await service.read()
    expect(addressesNow()).to.deep.equal(['http://127.0.0.1:8002', 'http://127.0.0.2:8002'])
    const kept = service.all()[1]
    addresses = ['127.0.0.2', '127.0.0.3']
    await service.read()
    expect(addressesNow()).to.have.members(['http://127.0.0.2:8002', 'http://127.0.0.3:8002'])
    expect(service.all(), 'an instance that stays keeps its connections').to.include(kept)
    isBroken = true
    await service.read()
    expect(addressesNow(), 'the last addresses stay').to.have.length(2)
  })

  it('come and go behind a name while the gateway runs', async function () {
    this.timeout(15_000)
    const service = await serviceThatSays('there')
    const { port } = new URL(service.url)
    let addresses = ['127.0.0.9']
    const gateway = await open.gateway({ upstreams: { lesson: [`http://lesson.services.test:${port}`] }, resolve: async () => addresses })
    const headers = await bearer()
    const status = async () => (await fetch(gateway.url + lessonList, { headers })).status
    for (let n = 0; n < 10; n++) expect(await status()).to.equal(503)
    addresses = ['127.0.0.1']
    const begun = Date.now()
    while ((await status()) !== 200 && Date.now() - begun < 8_000) await sleep(100)
    expect(await status(), 'its open breaker was closed too').to.equal(200)
  })

  it('are answered for with 503 where nobody listens at the address', async () => {
    const ask = await before([nobody])
    expect((await ask()).status).to.equal(503)
  })
})
