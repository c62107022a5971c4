import { expect } from 'chai'
import { closeVisits, looksRight, openScreens, press, type Screens, words } from './page.ts'
import { openTutor, planned, sheet } from './tutor.ts'

describe('planning in a real browser', function () {
  this.timeout(120_000)
  let screens: Screens
  before(async () => {
    screens = await openScreens()
  })
  afterEach(closeVisits)
  after(async () => {
    await screens?.close()
  })

  for (const [language, width] of [
    ['ru', 360],
    ['en', 1440],
  ] as const) {
    const t = words[language]

    it(`plans a lesson and a series, and tells what is wrong beside its field: ${language}, ${width} px`, async () => {
      const one = await openTutor(screens)
      await planned(one, 24)
      const page = await screens.enter(one.who, { width, language })
      await press(page, t.planLesson)
      await press(sheet(page), t.planLesson)
      await sheet(page).getByText(t.needStudent).waitFor()
      await sheet(page).getByText(t.needTime).waitFor()
      await looksRight(page, 'plan with errors')
      const who = sheet(page)
        .getByRole('combobox', { name: t.who })
        .or(sheet(page).getByRole('textbox', { name: t.who }))
      await who.first().click()
      for (const { name } of one.students) await page.getByRole('option', { name }).click()
      await page.keyboard.press('Escape')
      expect(await sheet(page).getByRole('textbox', { name: t.subject }).inputValue(), 'as last time').to.equal('Algebra')
      await sheet(page).getByLabel(t.day, { exact: true }).fill('2026-09-08')
      await sheet(page).getByLabel(t.time, { exact: true }).fill('11:30')
      await sheet(page).getByText(t.taken.split('{{')[0]!).first().waitFor()
      await sheet(page).getByLabel(t.time, { exact: true }).fill('17:00')
      await sheet(page).getByRole('switch', { name: t.repeats }).check()
      await sheet(page)
        .getByText(language === 'ru' ? 'чт' : 'Thu', { exact: true })
        .click()
      await sheet(page).getByLabel(t.ends, { exact: true }).selectOption('count')
      await sheet(page).getByLabel(t.count, { exact: true }).fill('3')
      expect(await sheet(page).locator('.next-dates li').count()).to.equal(3)
      await looksRight(page, 'plan')
      const price = sheet(page).getByLabel(t.priceEach.replace('{{sign}}', '₽'))
      await price.fill('19.999')
      await press(sheet(page), t.planSeries)
      await sheet(page).getByText(t.priceBounds.split('{{')[0]!).waitFor()
      await price.fill('19,99')
      await press(sheet(page), t.planSeries)
      await page.getByText(t.seriesPlanned).waitFor()
      const { series } = await one.doors.series.list({})
      expect(series[0]).to.deep.include({ type: 'group', weekdays: [2, 4], at: '17:00', zone: 'Europe/Moscow', count: 3 })
      expect(series[0]?.students.map(({ priceMinor }) => priceMinor)).to.eql([1_999, 1_999])
    })
  }

  for (const [language, width] of [
    ['ru', 360],
    ['en', 1440],
  ] as const)
    it(`offers what was promised to the student, and says then that it is planned: ${language}, ${width} px`, async () => {
      const one = await openTutor(screens)
      const t = words[language]
      const [vera] = one.students
      const { id: lessonId } = await planned(one, 26)
      await one.doors.lessons.cancel({ lessonId, makeUpCredit: true })
      const page = await screens.enter(one.who, { width, language })
      await page.goto(`/week?lesson=${lessonId}`)
      await sheet(page).getByText(t.makeUpGiven).waitFor()
      await page.keyboard.press('Escape')
      await sheet(page).waitFor({ state: 'detached' })
      await press(page, t.planLesson)
      await sheet(page).locator('.mantine-MultiSelect-input, input').first().click()
      await page.getByRole('option', { name: vera.name }).click()
      await page.keyboard.press('Escape')
      await sheet(page).getByLabel(t.makeUpOwed.split('{{')[0]!).check()
      expect(await sheet(page).getByLabel(t.type, { exact: true }).inputValue()).to.equal('make_up')
      await sheet(page).getByLabel(t.day, { exact: true }).fill('2026-09-10')
      await sheet(page).getByLabel(t.time, { exact: true }).fill('18:00')
      await looksRight(page, 'plan of what was promised')
      await press(sheet(page), t.planLesson)
      await page.getByText(t.planned).waitFor()
      const { students } = await one.doors.lessons.get({ lessonId })
      expect(students[0]?.madeUpBy, 'the lesson that makes up for it').to.be.a('string')
      await page.goto(`/week?lesson=${lessonId}`)
      await sheet(page).getByText(t.makeUpPlanned).waitFor()
    })

  it('keeps a plan that did not get through, over a reload too, and plans it once', async () => {
    const one = await openTutor(screens)
    const t = words.en
    const page = await screens.enter(one.who)
    await page.route('**/api/v1/lessons', (route) => (route.request().method() === 'POST' ? route.abort() : route.continue()))
    await press(page, t.planLesson)
    await sheet(page).getByRole('textbox', { name: t.subject }).fill('Geometry')
    await sheet(page).getByLabel(t.time, { exact: true }).fill('18:00')
    await page.reload()
    await press(page, t.planLesson)
    expect(await sheet(page).getByRole('textbox', { name: t.subject }).inputValue()).to.equal('Geometry')
    await sheet(page).locator('.mantine-MultiSelect-input, input').first().click()
    await page.locator('[role=option]').first().click()
    await press(sheet(page), t.planLesson)
    await sheet(page).getByText(t.lost).waitFor()
    await page.unroute('**/api/v1/lessons')
    await press(sheet(page), t.planLesson)
    await page.locator('article').getByText('Geometry').waitFor()
    screens.consoleMessages.splice(0)
  })

  it('plans for the tutor that is seen in the form, whomever the draft was begun with', async () => {
    const { as, people, newcomer, world } = screens.platform
    const t = words.en
    const gone = await newcomer('tutor')
    const page = await screens.enter(people.admin)
    // The draft of a tutor who has left, as it lies in the browser of an owner.
    await as('admin').people.disable({ userId: gone.userId })
    await world.idle()
    const draft = JSON.stringify({ tutorId: gone.userId, subject: 'Physics', day: '2026-09-11', time: '18:00' })
    await page.evaluate(`sessionStorage.setItem('repitbot-draft-${people.admin.userId}-plan', ${JSON.stringify(draft)})`)
    await press(page, t.planLesson)
    const seen = await sheet(page).getByLabel(t.tutor, { exact: true }).inputValue()
    await sheet(page).locator('.mantine-MultiSelect-input, input').first().click()
    await page.locator('[role=option]').first().click()
    const sent = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/lessons'))
    await press(sheet(page), t.planLesson)
    expect(((await sent).postDataJSON() as { tutorId?: string }).tutorId)
      .to.equal(seen)
      .and.not.equal(gone.userId)
    await page.getByText(t.planned).waitFor()
  })

  it('shows the dates of a series as they will be, with what the clocks do to them', async () => {
    const one = await openTutor(screens)
    const t = words.en
    const page = await screens.enter(one.who, { zone: 'America/New_York' })
    await press(page, t.planLesson)
    await sheet(page).getByLabel(t.day, { exact: true }).fill('2027-03-07')
    await sheet(page).getByLabel(t.time, { exact: true }).fill('02:30')
    await sheet(page).getByRole('switch', { name: t.repeats }).check()
    const dates = sheet(page).locator('.next-dates li')
    await dates.nth(4).waitFor()
    expect(await dates.nth(0).textContent()).to.equal('Sun 7 Mar, 02:30 – 03:30')
    expect(await dates.nth(1).textContent()).to.match(/^Sun 14 Mar, 03:30 – 04:30The clocks skip 02:30/)
    await sheet(page).getByLabel(t.time, { exact: true }).fill('17:00')
    expect(await dates.nth(1).textContent()).to.match(/^Sun 14 Mar, 17:00 – 18:00The clocks change, the start stays at 17:00/)
    await sheet(page).getByLabel(t.ends, { exact: true }).selectOption('until')
    await sheet(page).getByLabel(t.until, { exact: true }).fill('2027-03-21')
    expect(await dates.count()).to.equal(3)
  })

  it('finds everybody of a large school, in the plan and in the search', async () => {
    const one = await openTutor(screens)
    const t = words.en
    // A name for each: two hundred of them are one answer of the server. A few at a time: a busy machine refuses more (503).
    for (let at = 0; at < 205; at += 5)
      await Promise.all([...Array(5).keys()].map((more) => one.doors.people.create({ role: 'student', name: `Pupil ${at + more + 1}` })))
    await one.doors.people.create({ role: 'student', name: 'Zoya the last' })
    const page = await screens.enter(one.who, { width: 360 })
    await press(page, t.planLesson)
    const who = sheet(page).locator('.mantine-MultiSelect-input, input').first()
    await who.click()
    await page.keyboard.type('Zoya')
    await page.getByRole('option', { name: 'Zoya the last' }).click()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await sheet(page).waitFor({ state: 'detached' })
    await page.keyboard.press('/')
    await sheet(page).getByRole('searchbox').fill('zoya')
    await sheet(page).getByText('Zoya the last').waitFor()
    await sheet(page).getByRole('searchbox').fill('pupil')
    await press(sheet(page), t.searchMore.replace('{{count}}', '192'))
    expect(await sheet(page).locator('a.row').count()).to.equal(16)
  })

  it('finds the nearest lesson first', async () => {
    const one = await openTutor(screens)
    for (const [hours, topic] of [
      [-400, 'long ago'],
      [30, 'tomorrow'],
      [900, 'far ahead'],
    ] as const)
      await planned(one, hours, { topic })
    const page = await screens.enter(one.who)
    await page.keyboard.press('/')
    await sheet(page).getByRole('searchbox').fill('algebra')
    await sheet(page).getByText('Algebra: tomorrow').waitFor()
    const found = await sheet(page).locator('a.row p:first-child').allTextContents()
    expect(found).to.deep.equal(['Algebra: tomorrow', 'Algebra: long ago', 'Algebra: far ahead'])
  })

  it('leaves the console silent', () => expect(screens.consoleMessages).to.deep.equal([]))
})
