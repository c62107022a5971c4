import { until } from '@repitbot/kit/testing/until'
import { expect } from 'chai'
import { closeVisits, looksRight, openScreens, press, type Screens, words } from './page.ts'
import { openTutor, sheet } from './tutor.ts'

describe('what series will hold, in a real browser', function () {
  this.timeout(120_000)
  let screens: Screens
  before(async () => {
    screens = await openScreens()
  })
  afterEach(closeVisits)
  after(async () => {
    await screens?.close()
  })

  /** Thursdays at 15:00 from this week on; the first that is not planned yet is that of 3 December. */
  async function openWeekly() {
    const one = await openTutor(screens)
    const [vera] = one.students
    const series = await one.doors.series.plan({
      ...{ type: 'individual', subject: 'Algebra', minutes: 60, freq: 'weekly', weekdays: [4], at: '15:00', from: '2026-09-10' },
      students: [{ studentId: vera.userId, priceMinor: 150_000 }],
    })
    return { ...one, vera, series }
  }

  for (const [language, width] of [
    ['ru', 360],
    ['en', 1440],
  ] as const) {
    const t = words[language]

    it(`are in the week where no lesson is planned yet, and lead to the series: ${language}, ${width} px`, async () => {
      const one = await openWeekly()
      const page = await screens.enter(one.who, { width, language })
      await page.goto('/week?day=2026-12-10')
      const ghost = page.locator('.lesson[data-status=coming]')
      await ghost.getByText('15:00').waitFor()
      expect(await ghost.textContent())
        .to.include('Vera')
        .and.include(t.comingLesson)
      expect(await page.locator('[data-lesson]').count(), 'a lesson').to.equal(0)
      await looksRight(page, 'week with a lesson to come')
      await ghost.click()
      await sheet(page).getByText(t.comingTold).waitFor()
      await looksRight(page, 'series of a lesson to come')
      await sheet(page).getByLabel(t.time, { exact: true }).fill('16:30')
      await press(sheet(page), t.seriesSave)
      await sheet(page).waitFor({ state: 'detached' })
      await ghost.getByText('16:30').waitFor()
    })

    it(`are told of where a lesson is planned in their place: ${language}, ${width} px`, async () => {
      const one = await openWeekly()
      const page = await screens.enter(one.who, { width, language })
      await press(page, t.planLesson)
      const field = (label: string) => sheet(page).getByLabel(label, { exact: true })
      await field(t.day).fill('2026-12-10')
      await field(t.time).fill('14:30')
      const told = sheet(page).getByText(t.seriesSkips.split('{{')[0]!)
      await told.waitFor()
      expect(await told.textContent())
        .to.include('Vera')
        .and.include('15:00')
      await looksRight(page, 'plan in the place of a series')
      await field(t.time).fill('16:00')
      await told.waitFor({ state: 'detached' })
    })

    it(`are listed on the page of the student, to be changed and ended: ${language}, ${width} px`, async () => {
      const one = await openWeekly()
      const [vera, gleb] = one.students
      const page = await screens.enter(one.who, { width, language })
      await page.goto(`/people/${gleb.userId}`)
      await page.getByText(t.noSeriesOf).waitFor()
      await page.goto(`/people/${vera.userId}`)
      await page.locator('button.row', { hasText: 'Algebra' }).click()
      await press(sheet(page), t.seriesEnd)
      await page.getByText(t.noSeriesOf).waitFor()
      await press(page, t.undo)
      await page.locator('button.row', { hasText: 'Algebra' }).waitFor()
      await until(async () => (await one.doors.series.get({ seriesId: one.series.id })).version === 3)
    })
  }

  it('leaves the console silent', () => expect(screens.consoleMessages).to.deep.equal([]))
})
