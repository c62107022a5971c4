import { issueFirstLink } from '@repitbot/user/first-link'
import { expect } from 'chai'
import type { Browser, Page } from 'playwright-core'
import { ensurePage, pageFolder } from '../../start/page.ts'
import { type Installation, openInstallation, password } from '../../test/platform.ts'
import { fitsItsWidth, looksRight, openBrowser, press, signIn, words as texts } from './page.ts'

const words = texts.ru

describe('the first day of a private tutor', function () {
  this.timeout(120_000)
  let installation: Installation
  let browser: Browser
  let page: Page

  before(async () => {
    await ensurePage()
    installation = await openInstallation({ people: false, page: pageFolder, env: { TELEGRAM_URL: '' } })
    installation.world.clock.set(new Date().toISOString())
    browser = await openBrowser()
    const context = await browser.newContext({
      baseURL: installation.gateway.url,
      locale: 'ru-RU',
      timezoneId: 'Europe/Moscow',
      viewport: { width: 360, height: 780 },
    })
    page = await context.newPage()
    page.setDefaultTimeout(20_000)
    const deps = installation.world.services.find(({ name }) => name === 'user')?.deps as Parameters<typeof issueFirstLink>[0]
    await page.goto(`/first-school#${(await issueFirstLink(deps))?.split('#')[1]}`)
  })
  after(async () => {
    await browser?.close()
    await installation?.close()
  })
  const fill = (label: string, value: string) => page.getByRole('textbox', { name: label }).fill(value)

  const walkFirstDay = async () => {
    await fitsItsWidth(page, 'the first form')
    await fill(words.schoolName, 'Анна Смирнова')
    await fill(words.yourName, 'Анна')
    await fill(words.email, 'anna@page.test')
    await fill(words.password, password)
    await press(page, words.firstSchoolDo)

    await press(page, words.plan)
    await press(page.getByRole('dialog'), words.addStudent)
    await fill(words.name, 'Вера')
    // A tap so soon after the one before would be taken for the second of a double tap.
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: words.added.replace('{{name}}', 'Вера') }).waitFor()
    await press(page.getByRole('dialog'), words.invitePerson)
    await page.getByRole('tab', { name: words.qr }).waitFor()
    expect(await page.getByRole('dialog').getByText('Telegram').count(), 'Telegram is offered without a bot').to.equal(0)
    await press(page.getByRole('dialog'), words.close)
    await installation.world.idle()

    const sheet = page.getByRole('dialog')
    await sheet.getByLabel(words.who).first().click()
    await page.getByRole('option', { name: 'Вера' }).click()
    await sheet.getByLabel(words.subject).fill('Алгебра')
    await sheet.getByLabel(words.time).fill('00:00')
    expect(await sheet.getByLabel(words.tutor).count(), 'the only tutor is asked for no tutor').to.equal(0)
    await press(sheet, words.planLesson)
    await press(page, words.done)
    await press(page.getByRole('dialog'), words.done)
    await page.getByText(words.status_completed, { exact: true }).first().waitFor()
    expect(await page.getByText('Алгебра, Анна').count(), 'an own lesson needs no name of its tutor').to.equal(0)
  }
  let walked: Promise<void> | undefined
  /** Walked once, before whichever test is the first. */
  const firstDay = () => (walked ??= walkFirstDay())

  it('goes from the first form over the first student to the report of the first lesson, with a next step on every screen', async () => {
    await firstDay()
  })

  it('has the tutor’s map, and the school under More', async () => {
    await firstDay()
    const bar = page.locator('nav.bar')
    await bar.getByRole('link', { name: words.students }).waitFor()
    await bar.getByRole('link', { name: words.more }).click()
    await page.getByRole('main').getByRole('link', { name: words.school }).click()
    await page.getByRole('heading', { name: words.school, level: 1 }).waitFor()
    await looksRight(page, 'school')
  })

  it('keeps one account: there is nobody to switch to', async () => {
    await firstDay()
    await page.getByRole('button', { name: words.personMenu.replace('{{name}}', 'Анна') }).click()
    await page.getByRole('menuitem', { name: words.signOut }).waitFor()
    expect(await page.getByRole('menuitem', { name: words.roles_tutor }).count()).to.equal(0)
    await page.keyboard.press('Escape')
  })

  it('is offered no Telegram in an installation without a bot, neither in the settings nor at the next sign-in', async () => {
    await firstDay()
    await page.goto('/settings')
    await page.getByRole('heading', { name: words.channels, level: 2 }).waitFor()
    await page.getByText(words.channelsAbout).waitFor()
    expect(await page.getByRole('button', { name: /Telegram/ }).count()).to.equal(0)
    await page.getByRole('button', { name: words.personMenu.replace('{{name}}', 'Анна') }).click()
    await page.getByRole('menuitem', { name: words.signOut }).click()
    await page.getByRole('button', { name: words.haveCode }).waitFor()
    expect(await page.getByRole('button', { name: words.byTelegram }).count()).to.equal(0)
    await signIn(page, 'anna@page.test')
    await page.locator('nav.bar').waitFor()
  })
})
