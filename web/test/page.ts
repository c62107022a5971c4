import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pageHeader } from '@repitbot/contracts/client'
import type { Language } from '@repitbot/contracts/person-card'
import { web as en } from '@repitbot/contracts/texts/en/web'
import { web as ru } from '@repitbot/contracts/texts/ru/web'
import { changeMe } from '@repitbot/kit/testing/seen'
import { until } from '@repitbot/kit/testing/until'
import { expect } from 'chai'
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core'
import { ensurePage, pageFolder } from '../../start/page.ts'
import { type Member, openPlatform, type Platform, password, worldStart } from '../../test/platform.ts'
import { lowestBrowser } from './lowest-browser.ts'

/** A name that is neither localhost nor behind TLS, as an engineer's first installation is reached: the browser leaves out there what needs a secure context. */
export const plainHost = 'school.test'
const flags = [
  `--host-resolver-rules=MAP ${plainHost} 127.0.0.1`,
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
]
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
export const words = { ru, en }

/** `origin` when not the gateway's own; `kept`: the page's service worker runs, which takes a second of each visit; `asksZone`: the device was not yet asked about its zone, `deviceZone`, which is Tokyo's. */
export type VisitOptions = {
  width?: number
  language?: Language
  zone?: string
  deviceZone?: string
  origin?: string
  kept?: boolean
  asksZone?: boolean
}
export type Screens = {
  platform: Platform
  /** Somebody's own browser, not signed in, on the clock of the platform. */
  visit(options?: VisitOptions): Promise<Page>
  /** The same, signed in. */
  enter(who: Member, options?: VisitOptions): Promise<Page>
  /** What any page complained of. */
  consoleMessages: string[]
  close(): Promise<void>
}

/** What is noted when an interface of the machine comes or goes, and of a visit without the worker. */
const notOfThePage = /ERR_NETWORK_CHANGED|Service Worker registration blocked by Playwright/

/** A browser as the tests need it; the caller closes it. */
export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: '/usr/bin/chromium-headless-shell', args: [...flags, '--disable-component-update', '--disable-sync'] })

/** Every service, the gateway with the built page, and one browser for all who look at it. */
export async function openScreens(): Promise<Screens> {
  await ensurePage()
  const platform = await openPlatform({ page: pageFolder })
  const browser = await openBrowser()
  const consoleMessages: string[] = []
  const visit = async (options: VisitOptions = {}) => {
    const page = await visitor(browser, { origin: platform.gateway.url, ...options })
    page.on('console', (message) => !notOfThePage.test(message.text()) && consoleMessages.push(`${page.url()}: ${message.text()}`))
    page.on('pageerror', (error) => consoleMessages.push(error.message))
    return page
  }
  const enter = async (who: Member, options: VisitOptions = {}) => {
    const { language = 'en', zone = 'Europe/Moscow' } = options
    await changeMe(platform.as(who), { language, zone })
    const page = await visit(options)
    if (options.kept) await page.goto('/').then(() => signIn(page, who.email))
    else await resume(page, who)
    await page.locator(`html[lang=${language}] nav.bar`).waitFor()
    return page
  }
  return {
    platform,
    visit,
    enter,
    consoleMessages,
    async close() {
      visits.clear()
      await browser.close()
      await platform.close()
    },
  }
}

const visits = new Set<BrowserContext>()
/** For `afterEach`: a page that is left open would draw what each later test changes. */
export async function closeVisits(): Promise<void> {
  const left = [...visits]
  visits.clear()
  await Promise.all(left.map((context) => context.close()))
}

async function visitor(
  browser: Browser,
  { origin, width = 1440, language = 'en', deviceZone = 'Asia/Tokyo', kept, asksZone }: VisitOptions,
): Promise<Page> {
  const context = await browser.newContext({
    ...(origin && { baseURL: origin }),
    locale: language === 'en' ? 'en-GB' : 'ru-RU',
    serviceWorkers: kept ? 'allow' : 'block',
    timezoneId: deviceZone,
    viewport: { width, height: 900 },
  })
  visits.add(context)
  await context.clock.setFixedTime(worldStart)
  await context.addInitScript(lowestBrowser)
  if (!asksZone) await context.addInitScript(`localStorage.setItem('repitbot-zone-declined', 'Asia/Tokyo')`)
  const page = await context.newPage()
  // A busy machine draws late; what is there ends each wait at once.
  page.setDefaultTimeout(30_000)
  return page
}

/** Comes back as somebody who has signed in on this browser before: without the form, which has tests of its own, a visit is a third shorter. */
async function resume(page: Page, { email, role }: Member): Promise<void> {
  await page.request.post('/auth/login', { data: { email, password }, headers: { [pageHeader]: '1' }, failOnStatusCode: true })
  const left = await page.addInitScript(`localStorage.setItem('repitbot-signed-in', '${role}'); caches.open('repitbot-kept')`)
  await page.goto('/')
  await left.dispose()
}
export async function signIn(page: Page, email: string): Promise<void> {
  await page.locator('input[name=email]').fill(email)
  await page.locator('input[name=password]').fill(password)
  await page.locator('button[type=submit]').click()
}
/** Waits until an expression is true in the page. Playwright's own way would evaluate it in the page, whose policy refuses that. */
export const untilTrue = (page: Page, expression: string): Promise<void> => until(() => page.evaluate(expression))
export const press = (within: Page | Locator, name: string): Promise<void> => within.getByRole('button', { name, exact: true }).click()

/** Nothing is wider than the screen, neither the page nor a sheet upon it. */
export async function fitsItsWidth(page: Page, name: string): Promise<void> {
  const wide = `[document.documentElement, ...document.querySelectorAll('[role=dialog], [role=dialog] *')].filter((one) =>
    one.scrollWidth > one.clientWidth + 1 && (one === document.documentElement || /auto|scroll/.test(getComputedStyle(one).overflowX))).map((one) => one.tagName + '.' + one.className)`
  const beyond = `[...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > innerWidth + 1).map((one) => one.tagName + '.' + one.className).slice(0, 12)`
  const found = (await page.evaluate(wide)) as string[]
  expect(found.length ? [...found, ...((await page.evaluate(beyond)) as string[])] : [], `${name} scrolls sideways`).to.deep.equal([])
}

/** The second theme differs from the first in nothing but colours. */
const barriers = { light: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], dark: ['color-contrast'] }

/** What no rule of ours has coloured: a link in a browser's own blue, light or dark, and an avatar without its colour. */
const uncoloured = `[...document.querySelectorAll('a[href], .avatar')].filter((one) => {
  const { color, backgroundColor } = getComputedStyle(one)
  return one.tagName === 'A' ? ['rgb(0, 0, 238)', 'rgb(158, 158, 255)'].includes(color) : backgroundColor === 'rgba(0, 0, 0, 0)'
}).map((one) => one.outerHTML.slice(0, 160))`

/** No barrier of WCAG 2.2 A and AA in either theme, no colour of the browser's own, and nothing to scroll sideways for; `under`: what the pointer rests on. */
export async function looksRight(page: Page, name: string, under?: Locator): Promise<void> {
  await looksRightIn(page, name, { themes: ['light', 'dark'], under })
  await page.emulateMedia({ colorScheme: 'light' })
}

type Look = { themes: ('light' | 'dark')[]; under?: Locator | undefined }
/** The same in some of the themes. */
export async function looksRightIn(page: Page, name: string, { themes, under }: Look): Promise<void> {
  await (under ? under.hover() : page.mouse.move(0, 0))
  for (const colorScheme of themes) {
    // Colours that are on their way from one theme to the other are nobody's.
    await page.emulateMedia({ colorScheme })
    await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor({ state: 'attached' })
    await page.evaluate(
      'Promise.all(document.getAnimations().filter((one) => one instanceof CSSTransition).map((one) => one.finished.catch(() => {})))',
    )
    expect(await page.evaluate('document.documentElement.scrollWidth > innerWidth'), `${name} scrolls sideways`).to.equal(false)
    // Evaluated over the browser's own protocol: a script element would be refused by the page's policy, as it should.
    if (await page.evaluate("typeof axe === 'undefined'")) await page.evaluate(axe)
    const run = `axe.run({ runOnly: ${JSON.stringify(barriers[colorScheme])} }).then(({ violations }) =>
      violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html, any }) => html.slice(0, 160) + (any[0]?.message ?? '')).slice(0, 4).join(' | ')))`
    expect(await page.evaluate(run), `${name}, ${colorScheme}`).to.deep.equal([])
    expect(await page.evaluate(uncoloured), `${name}, ${colorScheme}, has the browser's own colours`).to.deep.equal([])
  }
}
