import { expect } from 'chai'
import type { Page } from 'playwright-core'
import { closeVisits, looksRight, openScreens, press, type Screens, untilTrue, words } from './page.ts'
import { card, openTutor, planned, sheet } from './tutor.ts'

const t = words.en
const topicIn = (page: Page) => sheet(page).getByRole('textbox', { name: t.topic })
const closed = (page: Page) => sheet(page).waitFor({ state: 'detached' })

describe('sheets and what can be taken back, in a real browser', function () {
  this.timeout(120_000)
  let screens: Screens
  before(async () => {
    screens = await openScreens()
  })
  afterEach(closeVisits)
  after(async () => {
    await screens?.close()
  })

  /** A tutor whose lesson of now is on the screen. */
  const today = async (width = 360) => {
    const one = await openTutor(screens)
    const { id } = await planned(one, -0.5)
    const page = await screens.enter(one.who, { width })
    await card(page, id).waitFor()
    return { ...one, id, page }
  }

  it('closes a sheet by Back and stays on the page, whose own Back then leaves it', async () => {
    const { page, id } = await today()
    await page.getByRole('link', { name: t.week, exact: true }).first().click()
    await page.locator('.week-grid').waitFor()
    await page.getByRole('link', { name: t.today, exact: true }).first().click()
    await card(page, id).locator('.lesson-name').click()
    await press(sheet(page), t.done)
    await topicIn(page).waitFor()
    await page.goBack()
    await closed(page)
    await card(page, id).waitFor()
    await card(page, id).locator('.lesson-name').click()
    await sheet(page).waitFor()
    await page.keyboard.press('Escape')
    await closed(page)
    await page.goForward()
    await untilTrue(page, '!history.state.sheets')
    await card(page, id).locator('.lesson-name').click()
    await untilTrue(page, 'history.state.sheets === 1')
    await page.reload()
    await card(page, id).waitFor()
    await untilTrue(page, '!history.state.sheets')
    await page.goBack()
    await page.locator('.week-grid').waitFor()
    expect(await sheet(page).count(), 'a sheet that came back by itself').to.equal(0)
  })

  it('puts the page that a sheet led to where the sheet was', async () => {
    const { page, students, id } = await today(1440)
    await page.keyboard.press('/')
    await sheet(page).getByRole('searchbox').fill('vera')
    await sheet(page).getByText('Vera', { exact: true }).click()
    await page.waitForURL(`**/people/${students[0].userId}`)
    await closed(page)
    await page.goBack()
    await card(page, id).waitFor()
    await page.goForward()
    await page.waitForURL(`**/people/${students[0].userId}`)
  })

  it('keeps what was typed into a sheet until it is sent or thrown away, over Back, Escape and a reload', async () => {
    const { page, id } = await today()
    await press(card(page, id), t.done)
    await topicIn(page).fill('Half typed')
    await page.keyboard.press('Escape')
    await closed(page)
    await page.reload()
    await press(card(page, id), t.done)
    expect(await topicIn(page).inputValue()).to.equal('Half typed')
    await looksRight(page, 'a report with a draft')
    await press(sheet(page), t.draftThrowAway)
    expect(await topicIn(page).inputValue()).to.equal('')
    await page.goBack()
    await closed(page)
    await page.getByRole('link', { name: t.students, exact: true }).first().click()
    await press(page, t.addStudent)
    await sheet(page).getByRole('textbox', { name: t.name }).fill('Half a name')
    await page.goBack()
    await closed(page)
    await press(page, t.addStudent)
    await sheet(page).getByText(t.draftRestored).waitFor()
    expect(await sheet(page).getByRole('textbox', { name: t.name }).inputValue()).to.equal('Half a name')
    await press(sheet(page), t.save)
    await sheet(page).getByText(t.addedNext).waitFor()
    await page.keyboard.press('Escape')
    await press(page, t.addStudent)
    expect(await sheet(page).getByRole('textbox', { name: t.name }).inputValue()).to.equal('')
    expect(await sheet(page).getByText(t.draftRestored).count(), 'what was sent').to.equal(0)
  })

  it('presses nothing below a sheet by the second tap of a double tap', async () => {
    const { page, id } = await today()
    await press(card(page, id), t.done)
    const done = await sheet(page).locator('button[type=submit]').boundingBox()
    if (!done) throw new Error('no button')
    // At the edge where the bar of the page lies below the button.
    const at = [done.x + done.width / 2, done.y + done.height - 4] as const
    await page.evaluate(`addEventListener('click', ({ detail }) => { globalThis.pressed = detail })`)
    await page.mouse.dblclick(...at)
    await card(page, id).getByText(t.status_completed).waitFor()
    expect(await page.evaluate('globalThis.pressed'), 'the click that got through').to.equal(1)
    await page.getByRole('link', { name: t.week, exact: true }).first().click()
    await page.locator('.week-grid').waitFor()
  })

  for (const width of [360, 1440])
    it(`keeps the last three things that can be taken back, in a line that covers nothing: ${width} px`, async () => {
      const one = await openTutor(screens)
      const all = [await planned(one, -0.5), await planned(one, -2), await planned(one, -4), await planned(one, -6)]
      const page = await screens.enter(one.who, { width })
      for (const { id } of all) {
        await press(card(page, id), t.done)
        await press(sheet(page), t.done)
        await card(page, id).getByText(t.status_completed).waitFor()
        await closed(page)
        // The next press would else count as the second tap of a double tap.
        await page.waitForTimeout(350)
      }
      await page.getByText(t.undoMore.replace('{{count}}', '2'), { exact: true }).click()
      const undo = page.getByRole('button', { name: t.undo, exact: true })
      expect(await undo.count()).to.equal(3)
      await looksRight(page, 'what can be taken back')
      await page.evaluate('scrollTo(0, 0)')
      const covered = `[...document.querySelectorAll('a, button, input')].filter((one) => {
        const { left, top, width, height } = one.getBoundingClientRect()
        const [x, y] = [left + width / 2, top + height / 2]
        return width && !one.closest('.undo') && x > 0 && x < innerWidth && y > 0 && y < innerHeight && document.elementFromPoint(x, y)?.closest('.undo')
      }).map((one) => one.textContent)`
      expect(await page.evaluate(covered)).to.deep.equal([])
      await Promise.all([page.getByText(t.undone).waitFor(), undo.last().click()])
      expect(await undo.count()).to.equal(2)
      const states = await Promise.all(all.map(async ({ id }) => (await one.doors.lessons.get({ lessonId: id })).status))
      expect(states).to.deep.equal(['completed', 'awaiting_confirmation', 'completed', 'completed'])
    })

  it('offers nothing to take back of what was refused', async () => {
    const { page, id } = await today()
    await page.route('**/complete', (route) => route.fulfill({ status: 503, contentType: 'application/json', body: '{}' }))
    await press(card(page, id), t.done)
    await press(sheet(page), t.done)
    await sheet(page).getByRole('alert').waitFor()
    expect(await page.locator('.undo-line').count()).to.equal(0)
    screens.consoleMessages.splice(0)
  })

  it('leaves the console silent', () => expect(screens.consoleMessages).to.deep.equal([]))
})
