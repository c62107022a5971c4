import { issueFirstLink } from '@repitbot/user/first-link'
import { expect } from 'chai'
import type { Browser, Page } from 'playwright-core'
import { ensurePage, pageFolder } from '../../start/page.ts'
import { type Installation, openInstallation, password } from '../../test/platform.ts'
import { looksRight, openBrowser, press, words as texts } from './page.ts'

describe('the page in a real browser', function () {
  this.timeout(120_000)
  let installation: Installation
  let browser: Browser
  let link = ''
  const consoleMessages: string[] = []

  before(async () => {
    await ensurePage()
    installation = await openInstallation({ people: false, page: pageFolder })
    installation.world.clock.set(new Date().toISOString())
    const deps = installation.world.services.find(({ name }) => name === 'user')?.deps as Parameters<typeof issueFirstLink>[0]
    link = (await issueFirstLink(deps)) ?? ''
    browser = await openBrowser()
  })
  after(async () => {
    await browser?.close()
    await installation?.close()
  })

  /** Somebody else's browser, which notes whatever the page complains of. */
  async function visitor(width: number, dark = false): Promise<Page> {
    const context = await browser.newContext({
      baseURL: installation.gateway.url,
      locale: 'en-GB',
      timezoneId: 'Europe/Moscow',
      viewport: { width, height: 780 },
      colorScheme: dark ? 'dark' : 'light',
    })
    const page = await context.newPage()
    page.setDefaultTimeout(20_000)
    page.on('console', (message) => consoleMessages.push(`${page.url()}: ${message.text()}`))
    page.on('pageerror', (error) => consoleMessages.push(error.message))
    return page
  }
  const words = texts.en
  const fill = (page: Page, label: string, value: string) => page.getByRole('textbox', { name: label }).fill(value)
  /** The page speaks the language of the school until its reader chooses another. */
  const speakEnglish = async (page: Page, name: string) => {
    await page.locator('nav.bar').waitFor()
    if ((await page.locator('html').getAttribute('lang')) === 'en') return
    await press(page, texts.ru.personMenu.replace('{{name}}', name))
    await page.getByRole('menuitem', { name: texts.ru.language }).click()
    await page.locator('html[lang=en]').waitFor()
  }
  async function joins(page: Page, invitation: string, name: string) {
    await page.goto(`/invite#${invitation.split('#')[1]}`)
    await fill(page, words.email, `${name.toLowerCase()}@page.test`)
    await fill(page, words.password, password)
    await press(page, words.accept)
    await speakEnglish(page, name)
  }
  /** Whoever was just added is invited in the next step. */
  async function invited(page: Page, act: string = words.invitePerson): Promise<string> {
    await press(page.getByRole('dialog'), act)
    const invitation = await page.getByRole('textbox', { name: words.link, exact: true }).inputValue()
    await looksRight(page, 'invitation')
    await press(page.getByRole('dialog'), words.close)
    return invitation
  }

  it('takes a school from its first link to the XP of its first lesson', async () => {
    const admin = await visitor(1440)
    await admin.goto(`/first-school#${link.split('#')[1]}`)
    await looksRight(admin, 'first-school')
    await fill(admin, words.schoolName, 'Page School')
    await fill(admin, words.yourName, 'Anna')
    await fill(admin, words.email, 'anna@page.test')
    await fill(admin, words.password, password)
    await admin.getByLabel(words.teachesMyself).uncheck()
    await press(admin, words.firstSchoolDo)
    await admin.getByRole('link', { name: words.people }).click()
    await press(admin, words.addPerson)
    await admin.getByRole('dialog').getByLabel(words.role).selectOption('tutor')
    await fill(admin, words.name, 'Boris')
    await press(admin, words.save)
    const forTutor = await invited(admin)
    await admin.getByRole('link', { name: 'Boris' }).getByText(words.invited).waitFor()

    const tutor = await visitor(360, true)
    await joins(tutor, forTutor, 'Boris')
    await tutor.getByRole('link', { name: words.students }).click()
    await press(tutor, words.addStudent)
    await fill(tutor, words.name, 'Vera')
    await press(tutor, words.save)
    const forStudent = await invited(tutor)
    const student = await visitor(360)
    await joins(student, forStudent, 'Vera')
    await installation.world.idle()

    await tutor.getByRole('link', { name: words.today }).click()
    await press(tutor, words.planLesson)
    const sheet = tutor.getByRole('dialog')
    await sheet.getByLabel(words.who).first().click()
    await tutor.getByRole('option', { name: 'Vera' }).click()
    await sheet.getByLabel(words.subject).fill('Algebra')
    await sheet.getByLabel(words.time).fill('00:00')
    await press(sheet, words.planLesson)
    await press(tutor, words.done)
    await press(tutor.getByRole('dialog'), words.done)
    await tutor.getByText(words.status_completed, { exact: true }).first().waitFor()
    await installation.world.idle()
    await student.getByRole('link', { name: words.progress }).click()
    await student.getByText(/[1-9]\d* XP in all/).waitFor()
    await student.getByText(words.weekStreakNone, { exact: true }).waitFor()
    await student.getByRole('link', { name: /^Inbox, unread/ }).click()
    await student.getByText('Algebra').first().waitFor()
  })

  it('answers a page address with a page that runs no inline script, and any other with not found', async () => {
    const page = await fetch(`${installation.gateway.url}/people`)
    expect(page.headers.get('content-security-policy')).to.include("script-src 'self';").and.not.include('unsafe-inline')
    expect(page.headers.get('x-content-type-options')).to.equal('nosniff')
    const absent = await Promise.all(
      ['/no-such-page', '/assets/none.js', '/api/v1/none'].map((path) => fetch(installation.gateway.url + path)),
    )
    expect(absent.map(({ status }) => status)).to.deep.equal([404, 404, 404])
    const asset = /\/assets\/[^"]+\.js/.exec(await page.text())?.[0]
    expect((await fetch(installation.gateway.url + asset)).headers.get('cache-control')).to.include('immutable')
  })

  it('leaves the console silent', () => expect(consoleMessages).to.deep.equal([]))
})
