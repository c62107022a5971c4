import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { web as words } from '@repitbot/contracts/texts/en/web'
import { issueFirstLink } from '@repitbot/user/first-link'
import { expect } from 'chai'
import { type Browser, chromium, type Page } from 'playwright-core'
import { buildPage, isStale, pageFolder } from '../../start/page.ts'
import { type Doors, openDoors, password } from '../../test/platform.ts'

const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking']
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const pictures = join(import.meta.dirname, '../../.scratch/web')

describe('the page in a real browser', function () {
  this.timeout(120_000)
  let doors: Doors
  let browser: Browser
  let link = ''
  const said: string[] = []

  before(async () => {
    if (isStale()) await buildPage()
    mkdirSync(pictures, { recursive: true })
    doors = await openDoors({ people: false, page: pageFolder })
    doors.world.clock.set(new Date().toISOString())
    const inside = doors.world.houses.find(({ name }) => name === 'user')?.inside as Parameters<typeof issueFirstLink>[0]
    link = (await issueFirstLink(inside)) ?? ''
    browser = await chromium.launch({
      executablePath: '/usr/bin/chromium',
      args: [...flags, '--disable-component-update', '--disable-sync'],
    })
  })
  after(async () => {
    await browser?.close()
    await doors?.close()
  })

  /** Somebody else's browser, which notes whatever the page complains of. */
  async function visitor(width: number, dark = false): Promise<Page> {
    const context = await browser.newContext({
      baseURL: doors.gateway.url,
      locale: 'en-GB',
      timezoneId: 'Europe/Moscow',
      viewport: { width, height: 780 },
      colorScheme: dark ? 'dark' : 'light',
    })
    const page = await context.newPage()
    page.setDefaultTimeout(20_000)
    page.on('console', (message) => said.push(`${page.url()}: ${message.text()}`))
    page.on('pageerror', (error) => said.push(error.message))
    return page
  }
  const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
  const fill = (page: Page, label: string, value: string) => page.getByRole('textbox', { name: label }).fill(value)
  const speakEnglish = async (page: Page, name: string) => {
    if ((await page.locator('html').getAttribute('lang')) === 'en') return
    await press(page, name)
    await page.getByRole('menuitem', { name: 'Язык: English' }).click()
    await page.getByRole('link', { name: words.inbox }).waitFor()
  }
  async function joins(page: Page, invitation: string, name: string) {
    await page.goto(`/invite#${invitation.split('#')[1]}`)
    await fill(page, words.email, `${name.toLowerCase()}@page.test`)
    await fill(page, words.password, password)
    await press(page, words.accept)
    await page.getByRole('button', { name }).waitFor()
    await speakEnglish(page, name)
  }
  async function invited(page: Page, name: string): Promise<string> {
    await press(page, words.save)
    await page.getByRole('article').filter({ hasText: name }).getByRole('button', { name: words.inviteHim, exact: true }).click()
    const invitation = await page.getByRole('textbox', { name: words.link }).inputValue()
    await page.getByRole('dialog').getByRole('button', { name: words.close }).click()
    return invitation
  }
  /** No barrier of WCAG 2.2 A and AA, and nothing to scroll sideways for. */
  async function looksRight(page: Page, name: string) {
    await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true })
    const wide = await page.evaluate('document.documentElement.scrollWidth > innerWidth')
    expect(wide, `${name} scrolls sideways`).to.equal(false)
    // Evaluated over the browser's own protocol: a script element would be refused by the page's policy, as it should.
    await page.evaluate(readFileSync(axe, 'utf8'))
    const run = `axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }).then(({ violations }) =>
      violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html.slice(0, 200)).join(' | ')))`
    expect(await page.evaluate(run), name).to.deep.equal([])
  }

  it('takes a school from its first link to the XP of its first lesson', async () => {
    const admin = await visitor(1440)
    await admin.goto(`/first-school#${link.split('#')[1]}`)
    await fill(admin, words.school, 'Page School')
    await fill(admin, words.yourName, 'Anna')
    await fill(admin, words.email, 'anna@page.test')
    await fill(admin, words.password, password)
    await press(admin, words.firstSchoolDo)
    await admin.getByRole('link', { name: words.people }).click()
    await press(admin, words.addPerson)
    await admin.getByLabel(words.role).selectOption('tutor')
    await fill(admin, words.name, 'Boris')
    const forTutor = await invited(admin, 'Boris')
    await looksRight(admin, 'people-1440')

    const tutor = await visitor(360, true)
    await joins(tutor, forTutor, 'Boris')
    await tutor.getByRole('link', { name: words.people }).click()
    await press(tutor, words.addStudent)
    await fill(tutor, words.name, 'Vera')
    const forStudent = await invited(tutor, 'Vera')
    const student = await visitor(360)
    await joins(student, forStudent, 'Vera')
    await doors.world.settled()

    await tutor.getByRole('link', { name: words.today }).click()
    await press(tutor, words.planLesson)
    const sheet = tutor.getByRole('dialog')
    await sheet.getByLabel(words.subject).fill('Algebra')
    await sheet.getByLabel(words.time).fill('00:00')
    await sheet.getByRole('button', { name: words.planLesson, exact: true }).click()
    await press(tutor, words.done)
    await tutor.getByRole('dialog').getByRole('button', { name: words.done, exact: true }).click()
    await tutor.getByText(words.reported).waitFor()
    await tutor.getByText(words.status_completed, { exact: true }).waitFor()
    await looksRight(tutor, 'today-360-dark')
    await doors.world.settled()
    await student.getByText(/[1-9]\d* XP in all/).waitFor()
    await looksRight(student, 'progress-360')
    await student.getByRole('link', { name: /^Inbox, unread/ }).click()
    await student.getByText('Algebra').first().waitFor()
    await looksRight(student, 'inbox-360')
  })

  for (const dark of [false, true])
    it(`lets everybody in: the sign-in has no barrier in the ${dark ? 'dark' : 'light'} theme`, async () => {
      const page = await visitor(360, dark)
      await page.goto('/')
      await page.getByRole('heading', { name: words.signIn }).waitFor()
      await looksRight(page, `sign-in-360-${dark ? 'dark' : 'light'}`)
    })

  it('answers a page address with a page that runs no inline script, and any other with not found', async () => {
    const page = await fetch(`${doors.gateway.url}/people`)
    expect(page.headers.get('content-security-policy')).to.include("script-src 'self';").and.not.include('unsafe-inline')
    expect(page.headers.get('x-content-type-options')).to.equal('nosniff')
    const absent = await Promise.all(['/no-such-page', '/assets/none.js', '/api/v1/none'].map((path) => fetch(doors.gateway.url + path)))
    expect(absent.map(({ status }) => status)).to.deep.equal([404, 404, 404])
    const asset = /\/assets\/[^"]+\.js/.exec(await page.text())?.[0]
    expect((await fetch(doors.gateway.url + asset)).headers.get('cache-control')).to.include('immutable')
  })

  it('leaves the console silent', () => expect(said).to.deep.equal([]))
})
