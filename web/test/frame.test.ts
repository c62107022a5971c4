import { failures } from '@repitbot/contracts/texts/en/failures'
import { changeMe } from '@repitbot/kit/testing/seen'
import { expect } from 'chai'
import type { Request } from 'playwright-core'
import { closeVisits, openScreens, press, type Screens, signIn, words } from './page.ts'
import { card, openTutor, planned, sheet } from './tutor.ts'

const t = words.en
const blockedStorage = `for (const name of ['localStorage', 'sessionStorage'])
  Object.defineProperty(globalThis, name, { get() { throw new DOMException('', 'SecurityError') } })
caches.open = caches.delete = async () => { throw new DOMException('', 'SecurityError') }
navigator.locks.request = async () => { throw new DOMException('', 'SecurityError') }`

describe('the frame of the page, in a real browser', function () {
  this.timeout(120_000)
  let screens: Screens
  before(async () => {
    screens = await openScreens()
  })
  afterEach(closeVisits)
  after(async () => {
    await screens?.close()
  })

  it('says in both languages what to do when its script does not come', async () => {
    const page = await screens.visit()
    await page.route('**/assets/*.js', (route) => route.fulfill({ status: 404 }))
    await page.goto('/')
    const told = page.locator('.not-started')
    expect(await told.isVisible(), 'while it may still come').to.equal(false)
    await page.evaluate('document.getAnimations().forEach((one) => one.finish())')
    await told.getByRole('link', { name: 'Open it again' }).waitFor()
    await told.getByText('Страница не открылась').waitFor()
    screens.consoleMessages.splice(0)
  })

  it('reloads once for a file that is gone, then says so with the menu beside it', async () => {
    const page = await screens.enter(screens.platform.people.tutor, { width: 360 })
    await page.route('**/assets/week-*.js', (route) => route.fulfill({ status: 404 }))
    let loads = 0
    page.on('load', () => loads++)
    await page.getByRole('link', { name: t.week, exact: true }).first().click()
    await page.waitForEvent('load')
    await page.getByRole('heading', { name: t.broken }).waitFor()
    await page.locator('nav.bar').waitFor()
    await page.unroute('**/assets/week-*.js')
    expect(loads).to.equal(1)
    await press(page, t.reload)
    await page.locator('.week-grid').waitFor()
    screens.consoleMessages.splice(0)
  })

  it('works for the visit where the browser blocks storage', async () => {
    const one = await openTutor(screens)
    const { id } = await planned(one, -0.5)
    await changeMe(one.doors, { language: 'en' })
    const page = await screens.visit({ width: 360 })
    await page.addInitScript(blockedStorage)
    await page.goto('/')
    await signIn(page, one.who.email)
    await press(card(page, id), t.done)
    await sheet(page).getByRole('textbox', { name: t.topic }).fill('Without storage')
    await page.keyboard.press('Escape')
    await press(card(page, id), t.done)
    await press(sheet(page), t.done)
    await card(page, id).getByText('Without storage').waitFor()
    await page.getByRole('link', { name: t.week, exact: true }).first().click()
    await page.locator('.week-grid').waitFor()
  })

  it('opens in seven tabs with one stream, which another tab takes over when its own is closed', async () => {
    const { newcomer, as, world } = screens.platform
    const who = await newcomer('student')
    const first = await screens.enter(who)
    const streams = new Set<object>()
    const isOfAnother = (request: Request) => request.url().endsWith('/inbox/stream') && request.frame().page() !== first
    first.context().on('request', (request) => isOfAnother(request) && streams.add(request))
    const open = async () => {
      const page = await first.context().newPage()
      await page.goto('/progress')
      await page.locator('main h1').waitFor()
      return page
    }
    // A browser has six connections to an address: with a stream each, the seventh tab would never load.
    const [second] = await Promise.all([open(), open(), open(), open(), open(), open()])
    expect(streams.size, 'streams of the other tabs').to.equal(0)
    const bell = (unread: number) => second.getByRole('link', { name: t.inboxUnread.replace('{{unread}}', String(unread)) })
    const tell = async () => {
      await as('admin').broadcasts.send({ roles: ['student'], text: 'News' })
      await world.idle()
    }
    // The first notice is of the sign-in.
    await tell()
    await bell(2).waitFor()
    await first.close()
    await tell()
    await bell(3).waitFor()
    expect(streams.size, 'streams after the first tab').to.equal(1)
  })

  for (const [name, answer] of [
    ['503', { status: 503 }],
    ['429', { status: 429 }],
    ['404', { status: 404 }],
    ['none', undefined],
  ] as const)
    it(`signs nobody out when the answer to a renewal is ${name}`, async () => {
      const page = await screens.enter(screens.platform.people.parent)
      await page.route('**/auth/refresh', (route) => (answer ? route.fulfill({ ...answer, body: '{}' }) : route.abort()))
      await page.reload()
      await page.getByRole('button', { name: t.retry }).waitFor()
      expect(await page.evaluate('caches.keys()'), 'what is kept for later').to.include('repitbot-kept')
      await page.unroute('**/auth/refresh')
      await press(page, t.retry)
      await page.locator('nav.bar').waitFor()
      screens.consoleMessages.splice(0)
    })

  it('asks one thing without a token when it is reloaded', async () => {
    const page = await screens.enter(screens.platform.people.parent)
    const anonymous: string[] = []
    page.on('request', (request) => {
      const path = new URL(request.url()).pathname
      if (/^\/(auth|api)\//.test(path) && !request.headers().authorization) anonymous.push(path)
    })
    await page.reload()
    await page.locator('nav.bar').waitFor()
    await page.locator('main h1').waitFor()
    expect(anonymous).to.deep.equal(['/auth/refresh'])
  })

  it('says that the session has ended, and gives what was typed back to its writer alone', async () => {
    const one = await openTutor(screens)
    const { id } = await planned(one, -0.5)
    const page = await screens.enter(one.who)
    await press(card(page, id), t.done)
    await sheet(page).getByRole('textbox', { name: t.topic }).fill('Half typed')
    await one.doors.auth.signOutEverywhere({})
    await page.reload()
    await page.getByText(failures.session_over).waitFor()
    await signIn(page, one.who.email)
    await press(card(page, id), t.done)
    expect(await sheet(page).getByRole('textbox', { name: t.topic }).inputValue()).to.equal('Half typed')
    const { platform } = screens
    await platform.as(await platform.signIn(one.who.email)).auth.signOutEverywhere({})
    await page.reload()
    await signIn(page, screens.platform.people.parent.email)
    await page.locator('nav.bar').waitFor()
    expect(await page.evaluate(`JSON.stringify(sessionStorage)`)).to.not.include('Half typed')
    screens.consoleMessages.splice(0)
  })

  it('keeps the child that a parent has chosen over a reload, and comes to the menu before the page by the keys', async () => {
    const { as, newcomer, world } = screens.platform
    const children = await Promise.all(['Masha', 'Petya'].map((name) => as('tutor').people.create({ role: 'student', name })))
    await world.idle()
    const who = await newcomer(
      'parent',
      'A',
      children.map(({ userId }) => userId),
    )
    await world.idle()
    const page = await screens.enter(who)
    const child = (name: string) => page.getByRole('radio', { name })
    await page.getByText('Petya', { exact: true }).click()
    await page.goto('/schedule')
    await child('Petya').waitFor({ state: 'attached' })
    expect(await child('Petya').isChecked()).to.equal(true)
    await page.evaluate(`document.querySelector('.skip').focus()`)
    const reached: string[] = []
    for (let at = 0; at < 9; at++) {
      await page.keyboard.press('Tab')
      const where = `['.top', 'nav.bar', 'main'].find((one) => document.activeElement.closest(one))`
      reached.push((await page.evaluate(where)) as string)
    }
    expect([...new Set(reached)]).to.deep.equal(['.top', 'nav.bar', 'main'])
  })

  it('opens the report by d and a plan by n, also where the keyboard writes Russian, and not while something is typed', async () => {
    const one = await openTutor(screens)
    const { id } = await planned(one, -0.5)
    const page = await screens.enter(one.who)
    await card(page, id).waitFor()
    await page.keyboard.press('d')
    await sheet(page).getByRole('textbox', { name: words.en.topic }).focus()
    await page.keyboard.type('dn')
    expect(await page.getByRole('dialog').count()).to.equal(1)
    await page.keyboard.press('Escape')
    await sheet(page).waitFor({ state: 'detached' })
    await page.evaluate(`document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'т', code: 'KeyN', bubbles: true }))`)
    await sheet(page).getByLabel(words.en.subject, { exact: true }).waitFor()
  })

  it('leaves the console silent', () => expect(screens.consoleMessages).to.deep.equal([]))
})
