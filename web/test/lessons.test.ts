import { expect } from 'chai'
import { password } from '../../test/platform.ts'
import { closeVisits, fitsItsWidth, looksRight, openScreens, press, type Screens, untilTrue, type VisitOptions, words } from './page.ts'
import { card, openTutor, planned, sheet } from './tutor.ts'

describe("the tutor's day in a real browser", function () {
  this.timeout(120_000)
  let screens: Screens
  before(async () => {
    screens = await openScreens()
  })
  afterEach(closeVisits)
  after(async () => {
    await screens?.close()
  })

  it('breaks a word that is longer than a phone is wide, and scrolls nothing sideways for it', async () => {
    const t = words.en
    const { newcomer, world } = screens.platform
    const long = (letters: number) => 'https://'.padEnd(letters, 'long')
    const one = await openTutor(screens)
    const { userId: studentId } = await one.doors.people.create({ role: 'student', name: long(100) })
    const parent = await newcomer('parent', 'A', [studentId])
    await world.idle()
    const worded = { subject: long(100), students: [{ studentId, priceMinor: 150_000 }] }
    const report = { topic: long(200), note: long(400), students: [{ studentId, attendance: 'attended' as const }] }
    await one.doors.lessons.complete({ lessonId: (await planned(one, -30, { ...worded })).id, ...report })
    const { id } = await planned(one, -0.5, { ...worded, topic: long(200) })
    await world.idle()
    const page = await screens.enter(one.who, { width: 360 })
    await card(page, id).waitFor()
    await fitsItsWidth(page, 'today')
    await card(page, id).locator('.lesson-name').click()
    await sheet(page).getByText(long(200)).waitFor()
    await fitsItsWidth(page, 'the lesson')
    await press(sheet(page), t.done)
    await sheet(page).getByRole('textbox', { name: t.topic }).waitFor()
    await fitsItsWidth(page, 'the report')
    await sheet(page).getByRole('textbox', { name: t.noteToFamily }).fill(long(400))
    await press(sheet(page), t.done)
    await card(page, id).getByText(long(400)).waitFor()
    await fitsItsWidth(page, 'today with its report')
    for (const path of ['/week', '/people', `/people/${studentId}`]) {
      await page.goto(path)
      await page.getByText(long(100)).first().waitFor({ state: 'attached' })
      await fitsItsWidth(page, path)
    }
    await page.goto('/broadcasts')
    await press(page, t.broadcastNew)
    await page.getByRole('textbox', { name: t.broadcastText }).fill(long(300))
    await press(page, t.preview)
    await sheet(page).getByText(long(300)).first().waitFor()
    await fitsItsWidth(page, 'the preview of a message')
    await sheet(page).locator('button[type=submit]').click()
    await page.getByText(t.broadcastSent).waitFor()
    await page.getByText(long(300)).first().waitFor()
    await fitsItsWidth(page, 'the report of a message')
    await world.idle()
    const family = await screens.enter(parent, { width: 360 })
    for (const path of ['/', `/lessons/${id}`, '/inbox']) {
      await family.goto(path)
      await family.locator('main').getByText('longlong').first().waitFor()
      await fitsItsWidth(family, `a family's ${path}`)
    }
  })

  for (const [language, width] of [
    ['ru', 360],
    ['en', 1440],
  ] as const) {
    const t = words[language]
    const options: VisitOptions = { width, language }

    it(`reports the lesson of now in two taps, undoes it, and corrects all of it later: ${language}, ${width} px`, async () => {
      const one = await openTutor(screens)
      await planned(one, -170, { topic: 'Fractions' }).then(({ id }) =>
        one.doors.lessons.complete({
          lessonId: id,
          topic: 'Fractions',
          students: [{ studentId: one.students[0].userId, attendance: 'attended' }],
        }),
      )
      const { id } = await planned(one, -0.5)
      await planned(one, 3)
      const page = await screens.enter(one.who, options)
      await card(page, id).getByText('Fractions').waitFor()
      await looksRight(page, 'today')
      await press(card(page, id), t.done)
      await looksRight(page, 'report')
      await press(sheet(page), t.done)
      await card(page, id).getByText(t.status_completed).waitFor()
      await Promise.all([page.getByText(t.undone).waitFor(), press(page, t.undo)])
      expect((await one.doors.lessons.get({ lessonId: id })).status).to.equal('scheduled')

      await press(card(page, id), t.done)
      await press(sheet(page), 'Fractions')
      await sheet(page).getByText('4', { exact: true }).click()
      await sheet(page).getByRole('textbox', { name: t.noteToFamily }).fill('Well done')
      await press(sheet(page), t.done)
      await press(card(page, id), t.correct)
      expect(await sheet(page).getByRole('textbox', { name: t.topic }).inputValue()).to.equal('Fractions')
      await sheet(page).getByText(t.attendanceShort_excused, { exact: true }).click()
      await Promise.all([page.waitForResponse('**/report'), page.getByText(t.corrected).waitFor(), press(sheet(page), t.save)])
      const { topic, note, students, status } = await one.doors.lessons.get({ lessonId: id })
      expect({ topic, note, status }).to.deep.equal({ topic: 'Fractions', note: 'Well done', status: 'completed' })
      expect(students[0]).to.include({ attendance: 'excused' }).and.not.have.property('grade')
      await card(page, id).locator('.lesson-name').click()
      await looksRight(page, 'lesson')
      await press(sheet(page), t.reopen)
      await page.getByText(t.reopened).waitFor()
    })
  }

  it('puts a report back with what was typed when it is refused or lost', async () => {
    const one = await openTutor(screens)
    const { id } = await planned(one, -0.5)
    const page = await screens.enter(one.who)
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
    screens.consoleMessages.splice(0)
  })

  for (const width of [360, 1440])
    it(`moves a lesson from its sheet, which names whose time is taken: ${width} px`, async () => {
      const one = await openTutor(screens)
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
    const one = await openTutor(screens)
    const { platform, enter } = screens
    const mine = await planned(one, 5)
    const theirs = await planned(one, 7)
    const { userId } = one.students[0]
    const { token } = await one.doors.people.invite({ role: 'student', userId })
    const { accessToken } = await platform.as().auth.acceptInvitation({ token, email: `${userId}@page.test`, password })
    await platform.as({ ...one.who, accessToken }).familyLessons.cancel({ lessonId: theirs.id, chargePercent: 100, chargeMinor: 150_000 })
    const t = words.en
    const page = await enter(one.who, { width: 360 })
    await card(page, mine.id).locator('.lesson-name').click()
    await press(sheet(page), t.callOff)
    await sheet(page).getByRole('textbox', { name: t.reason }).fill('I am ill')
    await looksRight(page, 'cancel')
    await Promise.all([page.waitForResponse('**/cancel'), press(sheet(page), t.callOffDo)])
    await card(page, mine.id).getByText(t.status_cancelled_free).waitFor()
    expect((await one.doors.lessons.get({ lessonId: mine.id })).cancellation?.reason).to.equal('I am ill')
    await Promise.all([page.waitForResponse('**/undo'), page.locator('.undo').getByRole('button', { name: t.undo }).click()])
    await card(page, mine.id).getByText(t.status_cancelled_free).waitFor({ state: 'detached' })
    expect(await one.doors.lessons.get({ lessonId: mine.id })).to.include({ status: 'scheduled', version: 3 })
    await one.doors.lessons.cancel({ lessonId: mine.id })
    await card(page, mine.id).getByText(t.status_cancelled_free).waitFor()
    await card(page, mine.id).locator('.lesson-name').click()
    await Promise.all([page.waitForResponse('**/restore'), press(sheet(page), t.restoreLesson)])
    expect((await one.doors.lessons.get({ lessonId: mine.id })).status).to.equal('scheduled')
    await page.keyboard.press('Escape')
    await card(page, theirs.id).locator('.lesson-name').click()
    await press(sheet(page), t.waive.replace('{{percent}}', '100'))
    await card(page, theirs.id).getByText(t.status_cancelled_free).waitFor()
  })

  it('shows a day without lessons, a day that cannot be asked for, and the way on from both', async () => {
    const one = await openTutor(screens)
    const t = words.en
    const page = await screens.enter(one.who)
    await page.getByText(t.noLessons).waitFor()
    await looksRight(page, 'an empty day')
    await page.route('**/api/v1/lessons?*', (route) => route.fulfill({ status: 503, contentType: 'application/json', body: '{}' }))
    await page.reload()
    await page.getByRole('button', { name: t.retry }).waitFor()
    await page.unroute('**/api/v1/lessons?*')
    await press(page, t.retry)
    await page.getByText(t.noLessons).waitFor()
    screens.consoleMessages.splice(0)
  })

  it('follows what the school does meanwhile', async () => {
    const one = await openTutor(screens)
    const { id } = await planned(one, 4)
    const page = await screens.enter(one.who)
    await card(page, id).waitFor()
    await screens.platform.as('admin').lessons.cancel({ lessonId: id })
    await screens.platform.world.idle()
    await card(page, id).getByText(words.en.status_cancelled_free).waitFor()
  })

  it('is used by the keys alone: complete and plan', async () => {
    const one = await openTutor(screens)
    const t = words.en
    const { id } = await planned(one, -0.5)
    const page = await screens.enter(one.who)
    await card(page, id).getByRole('button', { name: t.done }).focus()
    await page.keyboard.press('Enter')
    await sheet(page).locator('button:focus').getByText(t.done, { exact: true }).waitFor()
    await page.keyboard.press('Enter')
    await card(page, id).getByText(t.status_completed).waitFor()
    await untilTrue(page, `document.activeElement.closest('[data-lesson]')?.dataset.lesson === '${id}'`)
    await page.getByRole('button', { name: t.planLesson }).focus()
    await page.keyboard.press('Enter')
    await sheet(page).waitFor()
    await sheet(page).locator('[data-autofocus]:focus').waitFor()
    await page.keyboard.press('ArrowDown')
    await page.locator('[role=listbox] [role=option]').first().waitFor()
    for (const key of ['ArrowDown', 'Enter', 'Escape']) await page.keyboard.press(key)
    await sheet(page).getByLabel(t.subject, { exact: true }).focus()
    await page.keyboard.type('Physics')
    await sheet(page).getByLabel(t.time, { exact: true }).focus()
    await page.keyboard.type('0845p')
    await page.keyboard.press('Enter')
    await page.locator('article').getByText('Physics').waitFor()
  })

  it('leaves the console silent', () => expect(screens.consoleMessages).to.deep.equal([]))
})
