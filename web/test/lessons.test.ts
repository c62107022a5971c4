import { expect } from 'chai'
import type { Page } from 'playwright-core'
import { begins, password } from '../../test/platform.ts'
import { type Looking, looksRight, openScreens, press, type Screens, words } from './page.ts'

const hour = 3_600_000
/** From the Monday noon (Moscow 11:00) at which these worlds stand. */
const at = (hours: number) => new Date(Date.parse(begins) + hours * hour).toISOString()

describe("the tutor's day in a real browser", function () {
  this.timeout(120_000)
  let screens: Screens
  before(async () => {
    screens = await openScreens()
  })
  after(async () => {
    await screens?.close()
  })

  const seat = (studentId: string) => ({ studentId, priceMinor: 150_000 })
  /** A tutor for each test, with two students of his own. */
  async function tutor() {
    const { newcomer, as, world } = screens.platform
    const who = await newcomer('tutor')
    const doors = as(who)
    const add = (name: string) => doors.people.create({ role: 'student', name })
    const students = [await add('Vera'), await add('Gleb')] as const
    await world.settled()
    return { who, students, doors }
  }
  type Tutor = Awaited<ReturnType<typeof tutor>>
  const planned = ({ doors, students: [student] }: Tutor, hours: number, more: object = {}) =>
    doors.lessons.plan({
      type: 'individual',
      subject: 'Algebra',
      startsAt: at(hours),
      minutes: 60,
      students: [seat(student.userId)],
      ...more,
    })
  const sheet = (page: Page) => page.getByRole('dialog')
  const card = (page: Page, id: string) => page.locator(`article[data-lesson="${id}"]`)

  for (const [language, width] of [
    ['ru', 360],
    ['en', 1440],
  ] as const) {
    const t = words[language]
    const looking: Looking = { width, language }

    it(`reports the lesson of now in two taps, undoes it, and corrects all of it later: ${language}, ${width} px`, async () => {
      const one = await tutor()
      await planned(one, -170, { topic: 'Fractions' }).then(({ id }) =>
        one.doors.lessons.complete({
          lessonId: id,
          topic: 'Fractions',
          students: [{ studentId: one.students[0].userId, attendance: 'attended' }],
        }),
      )
      const { id } = await planned(one, -0.5)
      await planned(one, 3)
      const page = await screens.enter(one.who, looking)
      await card(page, id).getByText('Fractions').waitFor()
      await looksRight(page, 'today')
      await press(card(page, id), t.done)
      await looksRight(page, 'report')
      await press(sheet(page), t.done)
      await card(page, id).getByText(t.status_completed).waitFor()
      await press(page, t.undo)
      await page.getByText(t.reopened).waitFor()
      expect((await one.doors.lessons.get({ lessonId: id })).status).to.equal('scheduled')

      await press(card(page, id), t.done)
      await press(sheet(page), 'Fractions')
      await sheet(page).getByText('4', { exact: true }).click()
      await sheet(page).getByRole('textbox', { name: t.noteToFamily }).fill('Well done')
      await press(sheet(page), t.done)
      await press(card(page, id), t.correct)
      expect(await sheet(page).getByRole('textbox', { name: t.topic }).inputValue()).to.equal('Fractions')
      await sheet(page).getByText(t.attendanceShort_excused, { exact: true }).click()
      await Promise.all([page.waitForResponse('**/report'), press(sheet(page), t.save)])
      await page.getByText(t.corrected).waitFor()
      const { topic, note, students, status } = await one.doors.lessons.get({ lessonId: id })
      expect({ topic, note, status }).to.deep.equal({ topic: 'Fractions', note: 'Well done', status: 'completed' })
      expect(students[0]).to.include({ attendance: 'excused' }).and.not.have.property('grade')
      await card(page, id).locator('.lesson-name').click()
      await looksRight(page, 'lesson')
      await press(sheet(page), t.reopen)
      await page.getByText(t.reopened).waitFor()
    })

    it(`plans a lesson and a series, and tells what is wrong beside its field: ${language}, ${width} px`, async () => {
      const one = await tutor()
      await planned(one, 24)
      const page = await screens.enter(one.who, looking)
      await press(page, t.planLesson)
      await press(sheet(page), t.planLesson)
      await sheet(page).getByText(t.needStudent).waitFor()
      await sheet(page).getByText(t.needTime).waitFor()
      await looksRight(page, 'plan with errors')
      const who = sheet(page)
        .getByRole('combobox', { name: t.who })
        .or(sheet(page).getByRole('textbox', { name: t.who }))
      await who.first().click()
      for (const _student of one.students) await page.locator('[role=option]').first().click()
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
      await press(sheet(page), t.planSeries)
      await page.getByText(t.seriesPlanned).waitFor()
      const { series } = await one.doors.series.list({})
      expect(series[0]).to.deep.include({ type: 'group', weekdays: [2, 4], at: '17:00', zone: 'Europe/Moscow', count: 3 })
      expect(series[0]?.students).to.have.length(2)
    })
  }

  it('puts a report back with what was typed when it is refused or lost', async () => {
    const one = await tutor()
    const { id } = await planned(one, -0.5)
    const page = await screens.enter(one.who, { unkept: true })
    await page.route('**/complete', (route) => route.fulfill({ status: 503, contentType: 'application/json', body: '{}' }))
    await press(card(page, id), words.en.done)
    await sheet(page).getByRole('textbox', { name: words.en.topic }).fill('Typed in vain')
    await press(sheet(page), words.en.done)
    await sheet(page).getByRole('alert').waitFor()
    expect(await sheet(page).getByRole('textbox', { name: words.en.topic }).inputValue()).to.equal('Typed in vain')
    expect(await card(page, id).getByText(words.en.status_completed).count()).to.equal(0)
    await page.unroute('**/complete')
    await press(sheet(page), words.en.done)
    await card(page, id).getByText('Typed in vain').waitFor()
    screens.said.splice(0)
  })

  it('keeps a plan that did not get through, over a reload too, and plans it once', async () => {
    const one = await tutor()
    const t = words.en
    const page = await screens.enter(one.who, { unkept: true })
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
    screens.said.splice(0)
  })

  it('shows the dates of a series as they will be, with what the clocks do to them', async () => {
    const one = await tutor()
    const t = words.en
    const page = await screens.enter(one.who, { zone: 'America/New_York' })
    await press(page, t.planLesson)
    await sheet(page).getByLabel(t.day, { exact: true }).fill('2027-03-07')
    await sheet(page).getByLabel(t.time, { exact: true }).fill('02:30')
    await sheet(page).getByRole('switch', { name: t.repeats }).check()
    const dates = sheet(page).locator('.next-dates li')
    await dates.nth(4).waitFor()
    expect(await dates.nth(0).textContent()).to.equal('Sun, Mar 7, 02:30 – 03:30')
    expect(await dates.nth(1).textContent()).to.match(/^Sun, Mar 14, 03:30 – 04:30The clocks skip 02:30/)
    await sheet(page).getByLabel(t.time, { exact: true }).fill('17:00')
    expect(await dates.nth(1).textContent()).to.match(/^Sun, Mar 14, 17:00 – 18:00The clocks change, the start stays at 17:00/)
    await sheet(page).getByLabel(t.ends, { exact: true }).selectOption('until')
    await sheet(page).getByLabel(t.until, { exact: true }).fill('2027-03-21')
    expect(await dates.count()).to.equal(3)
  })

  for (const width of [360, 1440])
    it(`moves a lesson from its sheet, which names whose time is taken: ${width} px`, async () => {
      const one = await tutor()
      const { id } = await planned(one, 3)
      await planned(one, 5)
      const t = words.en
      const page = await screens.enter(one.who, { width })
      await card(page, id).locator('.lesson-name').click()
      await press(sheet(page), t.move)
      await looksRight(page, 'move')
      const time = sheet(page).getByLabel(t.time, { exact: true })
      await time.fill('16:00')
      await sheet(page).getByText(t.taken.split('{{')[0]!).first().waitFor()
      await looksRight(page, 'move where it cannot')
      await time.fill('18:15')
      await Promise.all([page.waitForResponse('**/move'), sheet(page).locator('button[type=submit]').click()])
      expect((await one.doors.lessons.get({ lessonId: id })).startsAt.slice(11, 16)).to.equal('15:15')
    })

  it('cancels with a reason, and waives what a late family owes', async () => {
    const one = await tutor()
    const { platform, enter } = screens
    const mine = await planned(one, 5)
    const theirs = await planned(one, 7)
    const { userId } = one.students[0]
    const { token } = await one.doors.people.invite({ role: 'student', userId })
    const { accessToken } = await platform.as().auth.acceptInvitation({ token, email: `${userId}@page.test`, password })
    await platform.as({ ...one.who, accessToken }).familyLessons.cancel({ lessonId: theirs.id })
    const t = words.en
    const page = await enter(one.who, { width: 360 })
    await card(page, mine.id).locator('.lesson-name').click()
    await press(sheet(page), t.callOff)
    await sheet(page).getByRole('textbox', { name: t.reason }).fill('I am ill')
    await looksRight(page, 'cancel')
    await Promise.all([page.waitForResponse('**/cancel'), press(sheet(page), t.callOffDo)])
    await card(page, mine.id).getByText(t.status_cancelled_free).waitFor()
    expect((await one.doors.lessons.get({ lessonId: mine.id })).cancellation?.reason).to.equal('I am ill')
    await card(page, theirs.id).locator('.lesson-name').click()
    await press(sheet(page), t.waive.replace('{{percent}}', '100'))
    await card(page, theirs.id).getByText(t.status_cancelled_free).waitFor()
  })

  it('shows a day without lessons, a day that cannot be asked for, and the way on from both', async () => {
    const one = await tutor()
    const t = words.en
    const page = await screens.enter(one.who, { unkept: true })
    await page.getByText(t.noLessons).waitFor()
    await looksRight(page, 'an empty day')
    await page.route('**/api/v1/lessons?*', (route) => route.fulfill({ status: 503, contentType: 'application/json', body: '{}' }))
    await page.reload()
    await page.getByRole('button', { name: t.retry }).waitFor()
    await page.unroute('**/api/v1/lessons?*')
    await press(page, t.retry)
    await page.getByText(t.noLessons).waitFor()
    screens.said.splice(0)
  })

  it('follows what the school does meanwhile', async () => {
    const one = await tutor()
    const { id } = await planned(one, 4)
    const page = await screens.enter(one.who)
    await card(page, id).waitFor()
    await screens.platform.as('admin').lessons.cancel({ lessonId: id })
    await screens.platform.world.settled()
    await card(page, id).getByText(words.en.status_cancelled_free).waitFor()
  })

  it('is used by the keys alone: complete and plan', async () => {
    const one = await tutor()
    const t = words.en
    const { id } = await planned(one, -0.5)
    const page = await screens.enter(one.who)
    await card(page, id).getByRole('button', { name: t.done }).focus()
    await page.keyboard.press('Enter')
    await sheet(page).waitFor()
    await page.keyboard.press('Enter')
    await card(page, id).getByText(t.status_completed).waitFor()
    expect(await page.evaluate(`document.activeElement.closest('[data-lesson]')?.dataset.lesson`), 'where the focus returns').to.equal(id)
    await page.getByRole('button', { name: t.planLesson }).focus()
    await page.keyboard.press('Enter')
    await sheet(page).waitFor()
    await sheet(page).locator('[data-autofocus]:focus').waitFor()
    for (const key of ['ArrowDown', 'ArrowDown', 'Enter', 'Escape', 'Tab']) await page.keyboard.press(key)
    await page.keyboard.type('Physics')
    await sheet(page).getByLabel(t.time, { exact: true }).focus()
    await page.keyboard.type('0845p')
    await page.keyboard.press('Enter')
    await page.locator('article').getByText('Physics').waitFor()
  })

  it('leaves the console silent', () => expect(screens.said).to.deep.equal([]))
})
