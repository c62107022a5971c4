import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { openLog } from './log.ts'
import { openSettings } from './settings.ts'

describe('kit: live settings', () => {
  const lines: string[] = []
  const log = openLog('test', 'info', { write: (line) => void lines.push(line) })
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'settings-'))
    lines.length = 0
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))
  const file = () => join(folder, 'settings.json')
  const until = async (isTrue: () => boolean) => {
    const startedAt = Date.now()
    while (!isTrue()) {
      if (Date.now() - startedAt > 2_000) throw new Error('It was not true within two seconds')
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }

  it('puts the file over the environment and the environment over the defaults', async () => {
    writeFileSync(file(), JSON.stringify({ xp: { dailyCapXp: 900 } }))
    const settings = await openSettings({ XP_MULTIPLIER: '1.25', MAX_LEVEL: '50' }, file(), log)
    expect(settings.current().xp.dailyCapXp).to.equal(900)
    expect(settings.current().xp.levels).to.deep.equal({ baseXp: 1000, growthPercent: 125, stepCapXp: 3375, maxLevel: 50 })
    expect(settings.current().rateLimits.perMinute).to.equal(100)
    settings.close()
  })

  it('takes a changed file within two seconds, also one put in place by a rename', async () => {
    writeFileSync(file(), JSON.stringify({ xp: { dailyCapXp: 900 } }))
    const settings = await openSettings({}, file(), log)
    writeFileSync(`${file()}.new`, JSON.stringify({ xp: { dailyCapXp: 901 } }))
    renameSync(`${file()}.new`, file())
    await until(() => settings.current().xp.dailyCapXp === 901)
    expect(settings.generation()).to.equal(2)
    settings.close()
  })

  it('keeps the last good settings when the file becomes wrong, and logs the field and its bound once', async () => {
    writeFileSync(file(), JSON.stringify({ xp: { dailyCapXp: 900 } }))
    const settings = await openSettings({}, file(), log)
    writeFileSync(file(), JSON.stringify({ xp: { dailyCapXp: 0 } }))
    await until(() => settings.refusals() > 0)
    await new Promise((resolve) => setTimeout(resolve, 1_200))
    expect(settings.current().xp.dailyCapXp).to.equal(900)
    expect(settings.refusals()).to.equal(1)
    const refusals = lines.filter((line) => line.includes('refused'))
    expect(refusals).to.have.length(1)
    expect(refusals[0]).to.include('xp.dailyCapXp').and.to.include('>=1')
    settings.close()
  })

  it('ignores an older generation of the same resource and takes any generation of another', async () => {
    const put = (generation: number, uid: string, dailyCapXp: number) =>
      writeFileSync(file(), JSON.stringify({ generation, uid, spec: { xp: { dailyCapXp } } }))
    put(5, 'a', 905)
    const settings = await openSettings({}, file(), log)
    put(4, 'a', 904)
    await new Promise((resolve) => setTimeout(resolve, 1_200))
    expect(settings.current().xp.dailyCapXp).to.equal(905)
    put(1, 'b', 101)
    await until(() => settings.current().xp.dailyCapXp === 101)
    settings.close()
  })

  for (const [what, rateLimits, message] of [
    ['an unknown role', { byRole: { guest: 5 } }, /rateLimits.byRole: .*guest/],
    ['no requests at all', { byRole: { tutor: 0 } }, /rateLimits.byRole.tutor: Expected a whole number from 1 to 100000/],
    ['a malformed route', { routes: [{ match: '/auth/login', perMinute: 5 }] }, /rateLimits.routes.0.match: .*such as POST/],
    [
      'a route twice',
      { routes: Array(2).fill({ match: 'POST /auth/login', perMinute: 5 }) },
      /rateLimits.routes: Expected each route once/,
    ],
  ] as const)
    it(`refuses limits with ${what}, naming the field and what is expected`, async () => {
      writeFileSync(file(), JSON.stringify({ rateLimits }))
      const settings = await openSettings({}, file(), log)
      expect(settings.refusals()).to.equal(1)
      expect(lines.join()).to.match(message)
      settings.close()
    })

  for (const [name, value, message] of [
    ['XP_MULTIPLIER', '1.555', /XP_MULTIPLIER=1\.555: Expected a number from 1 to 10/],
    ['XP_MULTIPLIER', '0.5', /XP_MULTIPLIER=0\.5: .*>=100/],
    ['MAX_LEVEL', 'many', /MAX_LEVEL=many: .*number/],
    ['RATE_LIMIT_PER_MINUTE', '0', /RATE_LIMIT_PER_MINUTE=0: Expected a whole number from 1 to 100000/],
  ] as const)
    it(`refuses to start with ${name}=${value}, naming key, value and bound`, async () => {
      const fault = await openSettings({ [name]: value }, undefined, log).catch((error: Error) => error.message)
      expect(fault).to.match(message)
    })
})
