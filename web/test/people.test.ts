import { expect } from 'chai'
import { fitsItsWidth, looksRight, openScreens, press, type Screens, words as texts } from './page.ts'
import { openTutor, planned } from './tutor.ts'

const words = texts.en

describe('the people of a school, page', function () {
  this.timeout(90_000)
  let screens: Screens
  before(async () => {
    screens = await openScreens()
  })
  after(() => screens?.close())

  it('are found among two thousand by a piece of a name, drawn a hundred at a time, and planned for', async () => {
    const { platform, enter } = screens
    const admin = platform.as('admin')
    await platform.world.sql(
      `with added as (insert into "user".person (id, created_at) select gen_random_uuid(), now() from generate_series(1, 2000) returning id)
       insert into "user".membership (id, school_id, person_id, role, name, language, zone, active, version, created_at)
       select gen_random_uuid(), $1, id, 'student', 'Many ' || lpad((row_number() over ())::text, 4, '0'), 'ru', 'UTC', true, 1, now() from added`,
      [platform.people.admin.schoolId],
    )
    await admin.people.create({ role: 'student', name: 'Семён Королёв' })
    const { count } = await admin.people.count({ state: 'here' })
    const page = await enter(platform.people.admin, { width: 360 })
    await page.getByRole('link', { name: words.people }).click()
    await page.locator('.people-rows a').first().waitFor()
    expect(await page.locator('.people-rows a').count()).to.equal(100)
    await page.getByText(words.peopleCount_other.replace('{{count}}', String(count))).waitFor()
    await press(page, words.showMore.replace('{{count}}', '100'))
    await page.locator('.people-rows a').nth(199).waitFor()
    expect(await page.locator('.people-rows a').count()).to.equal(200)
    await page.getByRole('searchbox').fill('королев')
    await page.getByText(words.peopleCount_one.replace('{{count}}', '1')).waitFor()
    expect(await page.locator('.people-rows a').allTextContents()).to.have.lengthOf(1)
    await page.getByRole('link', { name: /Семён Королёв/ }).waitFor()
    await fitsItsWidth(page, 'people')
    await looksRight(page, 'people')
    await page.goto('/')
    await press(page, words.planLesson)
    const sheet = page.getByRole('dialog')
    await sheet.locator('.mantine-MultiSelect-input, input').first().click()
    for (const [typed, name] of [
      ['1999', 'Many 1999'],
      ['королев', 'Семён Королёв'],
    ] as const) {
      await page.keyboard.type(typed)
      await page.getByRole('option', { name }).click()
    }
    await page.reload()
    await press(page, words.planLesson)
    for (const name of ['Many 1999', 'Семён Королёв']) await sheet.getByText(name).waitFor()
  })

  it('are linked among many by a piece of a name', async () => {
    const { platform, enter } = screens
    const admin = platform.as('admin')
    const [{ userId }] = [await admin.people.create({ role: 'student', name: 'Whose' })]
    const { userId: holderId } = await admin.people.create({ role: 'parent', name: 'Пётр Отец' })
    const page = await enter(platform.people.admin)
    await page.goto(`/people/${userId}`)
    await press(page, words.linkParent)
    await page.keyboard.type('отец петр')
    await page.getByRole('option', { name: 'Пётр Отец' }).click()
    await press(page.getByRole('dialog'), words.save)
    await page.getByRole('link', { name: 'Пётр Отец' }).waitFor()
    expect(await admin.people.links({ overId: userId })).to.deep.include({ holderId, overId: userId, as: 'parent' })
  })

  it('a student is given to a tutor and taken back, and then the tutor sees them and not', async () => {
    const { platform, enter } = screens
    const { userId } = await platform.as('admin').people.create({ role: 'student', name: 'Given' })
    const page = await enter(platform.people.admin)
    await page.goto(`/people/${userId}`)
    await press(page, words.linkTutor)
    await page.getByRole('dialog').getByLabel(words.roles_tutor).selectOption(platform.people.tutor.userId)
    await press(page.getByRole('dialog'), words.save)
    await page.getByRole('button', { name: words.unlink.replace('{{name}}', 'tutor') }).click()
    await page.getByText(words.noTutorOf).waitFor()
    await press(page, words.undo)
    await page.getByRole('button', { name: words.unlink.replace('{{name}}', 'tutor') }).waitFor()
    expect((await platform.as('tutor').people.list({})).map((one) => one.userId)).to.include(userId)
  })

  it('a student’s page begins with what was done last time, and keeps a phone', async () => {
    const { platform, enter } = screens
    const one = await openTutor(screens)
    const [student] = one.students
    const startsAt = new Date(platform.world.clock.now().getTime() - 86_400_000).toISOString()
    const seats = [{ studentId: student.userId, priceMinor: 100 }]
    const { id: lessonId } = await one.doors.lessons.plan({
      type: 'individual',
      subject: 'Algebra',
      startsAt,
      minutes: 60,
      students: seats,
    })
    const report = { studentId: student.userId, attendance: 'attended' as const, grade: { scale: 'five' as const, value: 5 } }
    await one.doors.lessons.complete({ lessonId, topic: 'Roots', privateNote: 'Slow today', students: [report] })
    const page = await enter(one.who, { width: 360 })
    await page.goto(`/people/${student.userId}`)
    await page.getByText('Algebra: Roots').waitFor()
    await page.getByText(words.privateNoteIs.replace('{{note}}', 'Slow today')).waitFor()
    await press(page, words.addPhone)
    await page.getByRole('textbox', { name: words.phone }).fill('call me')
    await press(page.getByRole('dialog'), words.save)
    await page
      .getByText(/Expected a phone number|phone/)
      .first()
      .waitFor()
    await page.getByRole('textbox', { name: words.phone }).fill('+7 999 123-45-67')
    await press(page.getByRole('dialog'), words.save)
    await page.getByRole('link', { name: '+7 999 123-45-67' }).waitFor()
    await fitsItsWidth(page, 'a student')
    await press(page, words.planLesson)
    await page.getByRole('dialog').getByText('Vera').first().waitFor()
  })

  it('a private note that cannot be read is told as such, and the lesson is there as ever', async () => {
    const { platform, enter } = screens
    const one = await openTutor(screens)
    const [{ userId: studentId }] = one.students
    const { id: lessonId } = await planned(one, -26, { subject: 'Algebra' })
    const students = [{ studentId, attendance: 'attended' as const }]
    await one.doors.lessons.complete({ lessonId, topic: 'Roots', privateNote: 'Slow today', students })
    await platform.world.sql(`update lesson.lesson set sealed_note = '\\x02beef' where id = $1`, [lessonId])
    const page = await enter(one.who)
    await page.goto(`/people/${studentId}`)
    await page.getByText('Algebra: Roots').waitFor()
    await page.getByText(words.privateNoteUnreadable).waitFor()
  })

  it('an invitation comes as a text that is ready to be copied or sent, and says what it is for', async () => {
    const { platform, enter } = screens
    const { userId } = await platform.as('tutor').people.create({ role: 'student', name: 'Ready' })
    const page = await enter(platform.people.tutor, { width: 360 })
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.addInitScript('Navigator.prototype.share = async ({ text }) => { globalThis.shared = text }')
    await page.goto(`/people/${userId}`)
    await press(page, words.inviteParent)
    const sheet = page.getByRole('dialog')
    const field = sheet.getByRole('textbox', { name: words.inviteMessage })
    const text = await field.inputValue()
    expect(text).to.match(
      /^Invitation: A\nParent\. Child: Ready\nLink: http.*\/invite#.*\n(Telegram: .*\n)?.*: \w{4}-?\w{4}\nGood once, until /,
    )
    await press(sheet, words.copyThe.replace('{{what}}', words.inviteMessage))
    await page.getByText(words.copied).waitFor()
    expect(await page.evaluate('navigator.clipboard.readText()')).to.equal(text)
    await press(sheet, words.inviteShare)
    expect(await page.evaluate('shared')).to.equal(text)
    await fitsItsWidth(page, 'an invitation')
    await looksRight(page, 'an invitation')
  })

  it('leaves the console silent, but for what was refused', () =>
    expect(screens.consoleMessages.filter((text) => !/40\d/.test(text))).to.deep.equal([]))
})
