import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'chai'
import { openLog } from '../log.ts'
import { type OpenSettings, openSettings } from '../settings.ts'
import { watchSettings } from '../settings-watch.ts'
import { type ApiServer, openApiServer } from './api-server.ts'
import { until } from './until.ts'

const key = { plural: 'configmaps', namespace: 'school', name: 'live' }

describe('kit: live settings in a pod', () => {
  const lines: string[] = []
  const log = openLog('test', 'info', { write: (line) => void lines.push(line) })
  let api: ApiServer
  let folder: string
  let settings: OpenSettings
  const file = () => join(folder, 'settings.json')
  const payload = (generation: number, dailyCapXp: number, uid = 'a', more = {}) =>
    JSON.stringify({ generation, uid, spec: { xp: { dailyCapXp, ...more } } })
  const put = (text: string) => api.objects.put(key, { data: { 'settings.json': text } })
  const cap = () => settings.current().xp.dailyCapXp
  const open = () =>
    openSettings(
      { SETTINGS_WATCH: 'live', KUBERNETES_SERVICE_HOST: api.host, KUBERNETES_SERVICE_PORT: `${api.port}` },
      file(),
      log,
      api.account,
    )

  beforeEach(async () => {
    lines.length = 0
    folder = mkdtempSync(join(tmpdir(), 'settings-'))
    api = await openApiServer()
  })
  afterEach(async () => {
    settings?.close()
    await api.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it('starts with the mounted file while the API server is down, and takes the watch when it is back', async () => {
    writeFileSync(file(), payload(1, 901))
    api.faults.of = () => 'drop'
    settings = await open()
    expect(cap()).to.equal(901)
    put(payload(2, 902))
    api.faults.of = () => undefined
    await until(() => cap() === 902)
    expect([settings.generation(), settings.uid()]).to.deep.equal([2, 'a'])
  })

  it('takes each change of the watch, and watches that one object only', async () => {
    settings = await open()
    await until(() => api.watches() === 1)
    for (let generation = 1; generation <= 20; generation++) {
      put(payload(generation, 1000 + generation))
      await until(() => cap() === 1000 + generation)
    }
    expect(api.received.requests.map(({ method, isWatch, query }) => [method, isWatch, query.get('fieldSelector')])).to.deep.equal([
      ['GET', true, 'metadata.name=live'],
    ])
  })

  for (const [name, fail] of [
    ['a dropped connection', (server) => server.dropAll()],
    ['a half-open connection', (server) => server.freezeWatches()],
    ['410', (server) => server.objects.forget()],
  ] as [string, (server: ApiServer) => void][])
    it(`keeps the last good settings through ${name}, and then has the change made meanwhile`, async () => {
      put(payload(1, 901))
      const texts: string[] = []
      const address = { host: api.host, port: api.port, account: api.account, configMap: 'live', log }
      const watch = watchSettings({ ...address, onText: (text) => void texts.push(text), silentMsMax: 500 })
      await until(() => watch.isLive())
      fail(api)
      put(payload(2, 902))
      await until(() => texts.at(-1) === payload(2, 902))
      watch.close()
    })

  for (const status of [403, 429, 500])
    it(`logs once that the watch is refused with ${status}, tries again, and logs that it is back`, async () => {
      api.faults.of = () => ({ status })
      settings = await open()
      await until(() => api.received.requests.length > 3)
      put(payload(1, 901))
      api.faults.of = () => undefined
      await until(() => cap() === 901)
      expect(lines.filter((line) => line.includes('not watched now'))).to.have.length(1)
      expect(lines.filter((line) => line.includes('watched again'))).to.have.length(1)
    })

  it('refuses a wrong change once, with its field and bound, and keeps the last good settings', async () => {
    put(payload(1, 901))
    settings = await open()
    await until(() => cap() === 901)
    api.faults.isDoubled = true
    put(payload(2, 0))
    await until(() => settings.refusals() === 1)
    await sleep(50)
    expect([cap(), settings.refusals()]).to.deep.equal([901, 1])
    const refusals = lines.filter((line) => line.includes('refused'))
    expect(refusals).to.have.length(1)
    expect(refusals[0]).to.include('xp.dailyCapXp').and.to.include('>=1')
  })

  it('ignores the mounted file, which comes late, while the watch is live', async () => {
    writeFileSync(file(), payload(7, 907, 'a'))
    put(payload(1, 801, 'b'))
    settings = await open()
    await until(() => cap() === 801)
    writeFileSync(file(), payload(8, 908, 'a'))
    await sleep(1_200)
    expect(cap()).to.equal(801)
  })

  it('changes nothing when the ConfigMap is deleted, and returns to the defaults when the resource is deleted', async () => {
    put(payload(3, 903))
    settings = await open()
    await until(() => cap() === 903)
    api.objects.remove(key)
    await sleep(50)
    expect(cap()).to.equal(903)
    put(JSON.stringify({ generation: 0, uid: '', spec: {} }))
    await until(() => cap() === 1500)
  })

  it('ignores unknown settings of a newer release, and refuses a typing error in a file', async () => {
    put(payload(1, 901, 'a', { fromTheFuture: { deep: 1 } }))
    settings = await open()
    await until(() => cap() === 901)
    settings.close()
    writeFileSync(file(), JSON.stringify({ xp: { dailyCapXP: 900 } }))
    settings = await openSettings({}, file(), log)
    expect(settings.refusals()).to.equal(1)
  })

  it('refuses to start with SETTINGS_WATCH outside a pod, and names the variable to set instead', async () => {
    const fault = await openSettings({ SETTINGS_WATCH: 'live' }, undefined, log).catch((error: Error) => error.message)
    expect(fault).to.match(/SETTINGS_WATCH=live: .*SETTINGS_FILE/)
  })
})
