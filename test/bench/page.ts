import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type Browser, chromium, type Page } from 'playwright-core'
import { ensurePage, pageFolder } from '../../start/page.ts'
import { median, report } from '../fleet/results.ts'
import { startAt } from './start.ts'

const rounds = 5
const kBMax = 220
const interactiveMsMax = 2_000
const shiftMax = 0.05
/** A slow phone: narrow, and four times slower than this machine. */
const phone = { width: 360, height: 740 }
const slowDown = 4
const waitMsMax = 30_000

/** Runs in the page: measures when the wanted element is there and the page is idle, and the layout shift until then. */
const measuring = (wanted: string) => `
  globalThis.shift = 0
  new PerformanceObserver((list) => list.getEntries().forEach((one) => { if (!one.hadRecentInput) globalThis.shift += one.value }))
    .observe({ type: 'layout-shift', buffered: true })
  const look = () => document.querySelector(${JSON.stringify(wanted)})
    ? requestAnimationFrame(() => setTimeout(() => { globalThis.interactiveAt = performance.now() }))
    : requestAnimationFrame(look)
  look()`

type Visit = { ms: number; shift: number; files: string[] }

/** P10: the first page of a visitor and of a signed-in tutor, on a slow phone, over loopback; what a first visit loads is counted in the built files. */
export async function benchPage(): Promise<void> {
  await ensurePage()
  const data = mkdtempSync(join(tmpdir(), 'repitbot-bench-page-'))
  const platform = await startAt(data)
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium-headless-shell', args: ['--no-sandbox', '--disable-gpu'] })
  try {
    const { origin } = platform
    const state = await signIn(browser, origin)
    await measure('sign-in', () => visit(browser, origin, 'input[name=email]'))
    await measure("a tutor's Today", () => visit(browser, origin, 'nav.bar', state))
  } finally {
    await browser.close()
    await platform.end()
    rmSync(data, { recursive: true, force: true })
  }
}

async function measure(name: string, once: () => Promise<Visit>) {
  const visits: Visit[] = []
  for (let round = 0; round < rounds; round++) visits.push(await once())
  const kB = Math.max(...visits.map(({ files }) => zippedKB(files)))
  const ms = median(visits.map((one) => one.ms))
  const shift = Math.max(...visits.map((one) => one.shift))
  report({ name: `P10 ${name}, scripts and styles`, figure: `${kB.toFixed(0)} kB gzipped`, goal: `<= ${kBMax} kB`, met: kB <= kBMax })
  const figure = `${ms.toFixed(0)} ms (median of ${rounds})`
  report({ name: `P10 ${name}, interactive`, figure, goal: `<= ${interactiveMsMax} ms`, met: ms <= interactiveMsMax })
  report({ name: `P10 ${name}, layout shift`, figure: shift.toFixed(3), goal: `<= ${shiftMax}`, met: shift <= shiftMax })
}
const zippedKB = (files: string[]) =>
  files.reduce((sum, name) => sum + gzipSync(readFileSync(join(pageFolder, name)), { level: 9 }).length, 0) / 1000

/** Each visit is a first one: the cache is empty, and there is no service worker. */
async function visit(browser: Browser, baseURL: string, wanted: string, state?: State): Promise<Visit> {
  const context = await browser.newContext({ baseURL, locale: 'ru-RU', viewport: phone, serviceWorkers: 'block', storageState: state })
  const page = await context.newPage()
  const files: string[] = []
  page.on('request', (request) => {
    const { pathname } = new URL(request.url())
    if (/^\/assets\/.*\.(js|css)$/.test(pathname)) files.push(pathname)
  })
  await page.addInitScript(measuring(wanted))
  const devtools = await context.newCDPSession(page)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowDown })
  await page.goto('/')
  const ms = await interactive(page)
  const loaded = [...files]
  await page.waitForTimeout(1_500)
  const shift = (await page.evaluate('globalThis.shift')) as number
  if (state) Object.assign(state, await context.storageState())
  await context.close()
  return { ms, shift, files: loaded }
}
async function interactive(page: Page): Promise<number> {
  const begun = performance.now()
  for (;;) {
    const at = (await page.evaluate('globalThis.interactiveAt')) as number | undefined
    if (at) return at
    if (performance.now() - begun > waitMsMax) throw new Error(`the page did not become ready: ${await page.locator('body').textContent()}`)
    await page.waitForTimeout(50)
  }
}

type State = Awaited<ReturnType<Awaited<ReturnType<Browser['newContext']>>['storageState']>>
/** The cookies of a sign-in. A refresh token can be used once, so each visit stores the new one for the next visit. */
async function signIn(browser: Browser, baseURL: string): Promise<State> {
  const context = await browser.newContext({ baseURL })
  const page = await context.newPage()
  await page.goto('/')
  await page.locator('input[name=email]').fill('tutor@demo.test')
  await page.locator('input[name=password]').fill('repitbot-demo')
  await page.locator('button[type=submit]').click()
  await page.locator('nav.bar').waitFor()
  const state = await context.storageState()
  await context.close()
  return state
}
