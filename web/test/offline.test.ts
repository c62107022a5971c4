import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { web } from '@repitbot/gateway/web'
import { expect } from 'chai'
import express from 'express'
import type { Page } from 'playwright-core'
import { pageFolder } from '../../start/page.ts'
import { closeVisits, openScreens, press, type Screens, words } from './page.ts'

const t = words.en
const plan = { type: 'individual' as const, subject: 'Algebra', minutes: 60, students: [{ studentId: '', priceMinor: 100 }] }

/** A cable that can be pulled: everything passes through it to the gateway, or nothing does. */
async function cable(to: string) {
  const port = Number(new URL(to).port)
  const open = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1')
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one)
      one.on('error', () => other.destroy())
      one.on('close', () => other.destroy())
      one.pipe(other)
    }
  })
  const listen = (at: number) => new Promise<Server>((done) => server.listen(at, '127.0.0.1', () => done(server)))
  await listen(0)
  const address = server.address() as { port: number }
  return {
    origin: `http://127.0.0.1:${address.port}`,
    async pull() {
      const closed = new Promise((done) => server.close(done))
      for (const socket of open) socket.destroy()
      open.clear()
      await closed
    },
    plug: () => listen(address.port),
  }
}
/** The page's policy lets nothing be evaluated in its own world, so it is asked again and again from outside. */
async function until(page: Page, told: string) {
  for (let at = 0; at < 100; at++) {
    if (await page.evaluate(told)) return
    await sleep(100)
  }
  throw new Error(`${told} never came true`)
}
const workerReady = (page: Page) => until(page, 'navigator.serviceWorker.getRegistration().then((one) => Boolean(one?.active))')
const controlled = (page: Page) => until(page, 'navigator.serviceWorker.controller !== null')

describe('a page without a network', function () {
  this.timeout(120_000)
  let screens: Screens
  let line: Awaited<ReturnType<typeof cable>>
  before(async () => {
    screens = await openScreens()
    line = await cable(screens.platform.gateway.url)
    const { as, people, world } = screens.platform
    const startsAt = new Date(Date.parse('2026-09-07T08:00:00.000Z') + 3_600_000).toISOString()
    await as('tutor').lessons.plan({ ...plan, startsAt, students: [{ studentId: people.student.userId, priceMinor: 100 }] })
    await world.idle()
  })
  afterEach(closeVisits)
  after(async () => {
    await line?.pull().catch(() => {})
    await screens?.close()
  })

  it('opens and shows the day as it was, says so, keeps what was typed, and goes on when the network is back', async () => {
    const page = await screens.enter(screens.platform.people.student, { width: 360, origin: line.origin, kept: true })
    await workerReady(page)
    await controlled(page)
    await page.reload()
    await page.getByText('Algebra').first().waitFor()
    await line.pull()
    await page.reload()
    await page.getByText('Algebra').first().waitFor()
    await page.getByText(t.offline).waitFor()
    await page.goto('/settings')
    await page.getByRole('textbox', { name: t.name }).fill('Typed offline')
    await press(page.locator('#profile'), t.save)
    await page.locator('#profile').getByRole('alert').waitFor()
    expect(await page.getByRole('textbox', { name: t.name }).inputValue()).to.equal('Typed offline')
    await line.plug()
    await press(page.locator('#profile'), t.save)
    await page.getByText(t.saved).waitFor()
    await page.getByText(t.offline).waitFor({ state: 'detached' })
  })

  it('leaves nothing of a person on the device after signing out', async () => {
    const { people } = screens.platform
    const page = await screens.enter(people.parent, { width: 360, origin: line.origin, kept: true })
    await workerReady(page)
    await controlled(page)
    await page.goto('/schedule')
    await page.getByText('Algebra').first().waitFor()
    expect(await page.evaluate(`caches.open('repitbot-kept').then((kept) => kept.keys()).then((all) => all.length)`)).to.be.greaterThan(0)
    await page.getByRole('button', { name: t.personMenu.replace('{{name}}', 'parent') }).click()
    await page.getByRole('menuitem', { name: t.signOut, exact: true }).click()
    await page.getByRole('heading', { name: t.signIn }).waitFor()
    await until(page, `caches.keys().then((names) => !names.includes('repitbot-kept'))`)
    expect(await page.evaluate('JSON.stringify(localStorage)')).to.not.include(people.parent.userId)
    await line.pull()
    await page.reload()
    await page.getByRole('heading', { name: t.signIn }).waitFor()
    await line.plug()
  })

  it('signs out without a connection: here at once, on the server as soon as it is reached', async () => {
    const { newcomer, as } = screens.platform
    const who = await newcomer('parent')
    const page = await screens.enter(who, { width: 360, origin: line.origin, kept: true })
    await workerReady(page)
    await controlled(page)
    expect(await as(who).auth.sessions({})).to.have.length(2)
    await line.pull()
    await page.getByRole('button', { name: t.personMenu.replace('{{name}}', 'parent') }).click()
    await page.getByRole('menuitem', { name: t.signOut, exact: true }).click()
    await page.getByRole('heading', { name: t.signIn }).waitFor()
    await until(page, `caches.keys().then((names) => !names.includes('repitbot-kept'))`)
    const left = `Object.keys(localStorage).filter((key) => key.startsWith('repitbot-')).sort().join()`
    expect(await page.evaluate(left)).to.equal('repitbot-language,repitbot-to-end')
    await page.reload()
    await page.getByRole('heading', { name: t.signIn }).waitFor()
    await line.plug()
    await page.evaluate(`dispatchEvent(new Event('online'))`)
    await until(page, `!localStorage.getItem('repitbot-to-end')`)
    expect(await as(who).auth.sessions({})).to.have.length(1)
  })

  it('keeps the last eighty answers and no more', async () => {
    const page = await screens.enter(screens.platform.people.student, { width: 360, origin: line.origin, kept: true })
    await workerReady(page)
    await controlled(page)
    const asked = page.waitForRequest((request) => Boolean(request.headers().authorization))
    await page.reload()
    const { authorization } = (await asked).headers()
    const ask = `(async () => {
      const headers = { authorization: ${JSON.stringify(authorization)} }
      for (let at = 100; at < 185; at++) await fetch('/api/v1/family/lessons?from=2026-09-01T00:00:00Z&until=2026-09-02T00:00:00.' + at + 'Z', { headers })
    })()`
    await page.evaluate(ask)
    const held = `caches.open('repitbot-kept').then((kept) => kept.keys()).then((all) =>`
    await until(page, `${held} all.at(-1).url.endsWith('184Z'))`)
    await until(page, `${held} all.length === 80)`)
  })

  it('offers a newer page and takes it only when the person says so', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'repitbot-page-'))
    cpSync(pageFolder, folder, { recursive: true })
    const app = express()
    web(folder)(app)
    const server = app.listen(0, '127.0.0.1')
    await new Promise((listening) => server.once('listening', listening))
    const page = await screens.visit({ origin: `http://127.0.0.1:${(server.address() as { port: number }).port}`, kept: true })
    await page.goto('/')
    await workerReady(page)
    await controlled(page)
    await page.locator('input[name=email]').fill('half@typed')
    const file = join(folder, 'sw.js')
    writeFileSync(file, readFileSync(file, 'utf8').replace(/repitbot-shell-\$\{"\w+"\}/, 'repitbot-shell-newer'))
    await page.evaluate('navigator.serviceWorker.getRegistration().then((one) => one.update())')
    await page.getByText(t.newer).waitFor()
    expect(await page.locator('input[name=email]').inputValue()).to.equal('half@typed')
    await Promise.all([page.waitForEvent('load'), press(page, t.update)])
    await until(page, `caches.keys().then((names) => names.join() === 'repitbot-shell-newer')`)
    expect(await page.getByText(t.newer).count()).to.equal(0)
    server.close()
    rmSync(folder, { recursive: true })
  })
})
