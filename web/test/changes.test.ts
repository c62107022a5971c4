import { changePerson } from '@repitbot/kit/testing/seen'
import { until } from '@repitbot/kit/testing/until'
import { expect } from 'chai'
import { closeVisits, fitsItsWidth, looksRight, openScreens, press, type Screens, words } from './page.ts'
import { card, openTutor, planned, sheet } from './tutor.ts'

describe('what is planned is changed and found in a real browser', function () {
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

    it(`changes all of a planned lesson in one sheet, and puts it back: ${language}, ${width} px`, async () => {
      const one = await openTutor(screens)
      const { id: lessonId } = await planned(one, 3)
      const page = await screens.enter(one.who, { width, language })
      await card(page, lessonId).locator('.lesson-name').click()
      await press(sheet(page), t.change)
      const field = (label: string) => sheet(page).getByLabel(label, { exact: true })
      const price = (name: string) => field(t.priceOf.replace('{{name}}', name).replace('{{sign}}', '₽'))
      await field(t.subject).fill(' ')
      await press(sheet(page), t.save)
      await sheet(page).getByText(t.needSubject).waitFor()
      await looksRight(page, 'change')
      await field(t.subject).fill('Physics')
      await field(t.topic).fill('Light')
      await field(t.minutesLabel).fill('90')
      await field(t.videoUrl).fill('https://meet.test/1')
      await price('Vera').fill('19,99')
      await field(t.type).selectOption('group')
      await sheet(page)
        .getByRole('textbox', { name: t.who })
        .or(sheet(page).getByRole('combobox', { name: t.who }))
        .first()
        .click()
      await page.getByRole('option', { name: 'Gleb' }).click()
      await page.keyboard.press('Escape')
      expect(await price('Gleb').inputValue(), 'what the others pay').to.equal('19,99')
      await price('Gleb').fill('5')
      await press(sheet(page), t.save)
      await page.getByText(t.changed.split('{{')[0]!).waitFor()
      const { get } = one.doors.lessons
      const changed = await get({ lessonId })
      expect(changed).to.include({ subject: 'Physics', topic: 'Light', minutes: 90, type: 'group', version: 2 })
      expect(changed.students.map(({ priceMinor }) => priceMinor)).to.eql([1_999, 500])
      await press(page, t.undo)
      await until(async () => (await get({ lessonId })).version === 3)
      const { version: _version, ...back } = await get({ lessonId })
      expect(back).to.deep.include({ subject: 'Algebra', minutes: 60, type: 'individual' })
      expect(back.students.map(({ priceMinor }) => priceMinor)).to.eql([150_000])
    })
  }

  it('tells in the words of the page what is wrong with a move, a grade and a series', async () => {
    const t = words.ru
    const one = await openTutor(screens)
    const { id } = await planned(one, -0.5)
    const { userId: studentId } = one.students[0]
    await one.doors.series.plan({
      ...{ type: 'individual', subject: 'Algebra', minutes: 60, freq: 'weekly', weekdays: [6], at: '17:00', from: '2027-03-06' },
      students: [{ studentId, priceMinor: 150_000 }],
    })
    const page = await screens.enter(one.who, { width: 360, language: 'ru' })
    const field = (label: string) => sheet(page).getByLabel(label, { exact: true })
    const told = (min: number, max: number) =>
      sheet(page)
        .getByText(t.fieldBounds.replace('{{min}}', `${min}`).replace('{{max}}', `${max}`))
        .waitFor()
    await card(page, id).locator('.lesson-name').click()
    await press(sheet(page), t.move)
    await field(t.day).fill('')
    await field(t.minutes).fill('481')
    await press(sheet(page), t.moveDo)
    await sheet(page).getByText(t.fieldMissing).waitFor()
    await told(5, 480)
    await looksRight(page, 'a move with faults')
    await press(sheet(page), t.back)
    await press(sheet(page), t.done)
    await field(`${t.scale}: Vera`).selectOption('hundred')
    await field(`${t.grade}: Vera`).fill('101')
    await press(sheet(page), t.done)
    await told(0, 100)
    expect((await one.doors.lessons.get({ lessonId: id })).status).to.equal('scheduled')
    await page.goto('/series')
    await page.locator('.row', { hasText: 'Vera' }).click()
    await field(t.minutesLabel).fill('4')
    await field(t.videoUrl).fill('a word')
    await press(sheet(page), t.seriesSave)
    await told(5, 480)
    await sheet(page).getByText(t.videoBounds).waitFor()
  })

  it('leaves a name its width beside a long badge on a phone', async () => {
    const one = await openTutor(screens)
    const { userId: studentId } = one.students[0]
    const parent = await screens.platform.newcomer('parent', 'A', [studentId])
    const { id: lessonId } = await planned(one, -2)
    await one.doors.lessons.complete({ lessonId, students: [{ studentId, attendance: 'excused' }] })
    await screens.platform.world.idle()
    for (const [who, path] of [
      [one.who, `/people/${studentId}`],
      [parent, `/lessons/${lessonId}`],
    ] as const) {
      const page = await screens.enter(who, { width: 360, language: 'ru' })
      await page.goto(path)
      const row = page.locator('.row', { hasText: words.ru.attendance_excused })
      expect((await row.locator('.grow').boundingBox())?.width, path).to.be.at.least(160)
    }
  })

  it('lists the series that go on, also where their lessons are too far ahead for the week, changes them and ends them', async () => {
    const t = words.ru
    const one = await openTutor(screens)
    const { userId: studentId } = one.students[0]
    const plan = { type: 'individual' as const, subject: 'Algebra', minutes: 60, freq: 'weekly' as const, at: '17:00' }
    const far = { ...plan, weekdays: [6], from: '2027-03-06', until: '2027-06-05', students: [{ studentId, priceMinor: 150_000 }] }
    const { id: seriesId } = await one.doors.series.plan(far)
    const page = await screens.enter(one.who, { width: 360, language: 'ru' })
    await page.goto('/series')
    const row = page.locator('.row', { hasText: 'Vera' })
    await row.getByText('17:00').waitFor()
    expect((await row.textContent())?.replaceAll(/\s/g, ' '))
      .to.contain('1 500 ₽')
      .and.to.contain('сб, 6 мар.')
      .and.to.contain('5 июн.')
    await looksRight(page, 'series')
    await row.click()
    const field = (label: string) => sheet(page).getByLabel(label, { exact: true })
    await field(t.priceOf.replace('{{name}}', 'Vera').replace('{{sign}}', '₽')).fill('1999')
    await field(t.time).fill('18:00')
    await field(t.untilIfAny).fill('')
    await looksRight(page, 'a series')
    await press(sheet(page), t.seriesSave)
    await page.getByText(t.seriesChanged.split('{{')[0]!).waitFor()
    const changed = await one.doors.series.get({ seriesId })
    expect([changed.at, changed.until, changed.students[0]?.priceMinor]).to.eql(['18:00', undefined, 199_900])
    await page.locator('.row', { hasText: '18:00' }).click()
    await press(sheet(page), t.seriesEnd)
    await page.getByText(t.noSeries).waitFor()
    await press(page, t.undo)
    await page.locator('.row', { hasText: '18:00' }).waitFor()
  })

  it('keeps on Today what has waited for a report for longer than two weeks', async () => {
    const t = words.en
    const one = await openTutor(screens)
    const { id } = await planned(one, -24 * 20)
    const page = await screens.enter(one.who, { width: 360 })
    await page.getByRole('heading', { name: t.longUnreported.replace('{{total}}', '1') }).waitFor()
    await card(page, id).waitFor()
    expect(await page.locator('.counters a').first().textContent()).to.match(/^1/)
    await press(card(page, id), t.done)
    await press(sheet(page), t.done)
    await page.getByRole('heading', { name: t.longUnreported.replace('{{total}}', '1') }).waitFor({ state: 'hidden' })
  })

  it('tells the time on the clock of a student elsewhere, and warns where it is night there', async () => {
    const t = words.en
    const one = await openTutor(screens)
    const { userId } = one.students[0]
    await changePerson(screens.platform.as('admin'), { userId, zone: 'Asia/Vladivostok' })
    const page = await screens.enter(one.who, { width: 360 })
    await press(page, t.planLesson)
    await sheet(page)
      .getByRole('textbox', { name: t.who })
      .or(sheet(page).getByRole('combobox', { name: t.who }))
      .first()
      .click()
    await page.getByRole('option', { name: 'Vera' }).click()
    await page.keyboard.press('Escape')
    await sheet(page).getByLabel(t.time, { exact: true }).fill('10:00')
    await sheet(page).getByText(t.pupilAt.split('{{')[0]!).waitFor()
    await sheet(page).getByText('17:00').first().waitFor()
    await sheet(page).getByLabel(t.time, { exact: true }).fill('18:00')
    await sheet(page).getByText(t.pupilAtNight.split('{{')[0]!).waitFor()
    await looksRight(page, 'plan at night')
    const focused = sheet(page).getByRole('switch', { name: t.repeats })
    await focused.focus()
    const [box, foot] = [await focused.boundingBox(), await sheet(page).locator('.sheet-foot').boundingBox()]
    expect((box?.y ?? 0) + (box?.height ?? 0), 'the button at the foot covers nothing that has the focus').to.be.at.most(foot?.y ?? 0)
  })

  it('shows a parent all children together, with the name on each lesson, what is past, and that a lesson is online', async () => {
    const t = words.en
    const one = await openTutor(screens)
    const parent = await screens.platform.newcomer(
      'parent',
      'A',
      one.students.map(({ userId }) => userId),
    )
    await screens.platform.world.idle()
    const [vera, gleb] = one.students
    await planned(one, 24, { videoUrl: 'https://meet.test/1' })
    await planned(one, 26, { students: [{ studentId: gleb.userId, priceMinor: 1 }] })
    const held = await planned(one, -24)
    await one.doors.lessons.complete({ lessonId: held.id, students: [{ studentId: vera.userId, attendance: 'attended' }] })
    await screens.platform.world.idle()
    const page = await screens.enter(parent, { width: 360 })
    await page.goto('/schedule')
    await page.getByText(t.allChildren).click()
    await page.getByText('Vera.', { exact: false }).first().waitFor()
    await page.getByText('Gleb.', { exact: false }).first().waitFor()
    await page.getByText(t.online.split('{{')[0]!).waitFor()
    await fitsItsWidth(page, 'all children')
    await page.reload()
    await page.getByText('Gleb.', { exact: false }).first().waitFor()
    await page.getByText(t.past, { exact: true }).click()
    await page.locator(`a[href="/lessons/${held.id}"]`).waitFor()
    expect(await page.locator('article').count()).to.equal(1)
    await looksRight(page, 'what is past')
  })

  it('leaves the console silent', () => expect(screens.consoleMessages).to.deep.equal([]))
})
