import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Language } from '@repitbot/contracts/people'
import { web as en } from '@repitbot/contracts/texts/en/web'
import { webLessons as enLessons } from '@repitbot/contracts/texts/en/web-lessons'
import { web as ru } from '@repitbot/contracts/texts/ru/web'
import { webLessons as ruLessons } from '@repitbot/contracts/texts/ru/web-lessons'
import { expect } from 'chai'
import { type Browser, chromium, type Page } from 'playwright-core'
import { buildPage, isStale, pageFolder } from '../../start/page.ts'
import { begins, type Member, openPlatform, type Platform, password } from '../../test/platform.ts'

const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking']
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
export const words = { ru: { ...ru, ...ruLessons }, en: { ...en, ...enLessons } }

/** `unkept`: nothing is answered from what the browser kept. */
export type Looking = { width?: number; language?: Language; zone?: string; unkept?: boolean }
export type Screens = {
  platform: Platform
  /** Somebody's own browser, signed in, on the clock of the platform. */
  enter(who: Member, looking?: Looking): Promise<Page>
  /** What any page complained of. */
  said: string[]
  close(): Promise<void>
}

/** Every house, the gateway with the built page, and one browser for all who look at it. */
export async function openScreens(): Promise<Screens> {
  if (isStale()) await buildPage()
  const platform = await openPlatform({ page: pageFolder })
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [...flags, '--disable-component-update', '--disable-sync'],
  })
  const said: string[] = []
  const enter = async (who: Member, { width = 1440, language = 'en', zone = 'Europe/Moscow', unkept }: Looking = {}) => {
    await platform.as(who).people.changeMe({ language, zone })
    const page = await visitor(browser, { baseURL: platform.gateway.url, width, unkept })
    page.on('console', (message) => said.push(`${page.url()}: ${message.text()}`))
    page.on('pageerror', (error) => said.push(error.message))
    await page.goto('/')
    await page.locator('input[name=email]').fill(who.email)
    await page.locator('input[name=password]').fill(password)
    await page.locator('button[type=submit]').click()
    await page.locator(`html[lang=${language}] h1 >> text=${words[language].today}`).waitFor()
    return page
  }
  return {
    platform,
    enter,
    said,
    async close() {
      await browser.close()
      await platform.close()
    },
  }
}

async function visitor(browser: Browser, { baseURL, width, unkept }: { baseURL: string; width: number; unkept?: boolean }): Promise<Page> {
  const context = await browser.newContext({
    baseURL,
    locale: 'en-GB',
    serviceWorkers: unkept ? 'block' : 'allow',
    timezoneId: 'Asia/Tokyo',
    viewport: { width, height: 900 },
  })
  await context.clock.setFixedTime(begins)
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  return page
}

/** No barrier of WCAG 2.2 A and AA in either theme, and nothing to scroll sideways for. */
export async function looksRight(page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0)
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    expect(await page.evaluate('document.documentElement.scrollWidth > innerWidth'), `${name} scrolls sideways`).to.equal(false)
    // Evaluated over the browser's own protocol: a script element would be refused by the page's policy, as it should.
    await page.evaluate(axe)
    const run = `axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }).then(({ violations }) =>
      violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html, any }) => html.slice(0, 160) + (any[0]?.message ?? '')).slice(0, 4).join(' | ')))`
    expect(await page.evaluate(run), `${name}, ${colorScheme}`).to.deep.equal([])
  }
  await page.emulateMedia({ colorScheme: 'light' })
}
