import { type Notice, placeOf } from '@repitbot/contracts/inbox'
import { expect } from 'chai'
import { closeVisits, looksRight, openScreens, press, type Screens, words } from './page.ts'

const t = words.en

describe('what a person decides on the page', function () {
  this.timeout(120_000)
  let screens: Screens
  before(async () => {
    screens = await openScreens()
  })
  afterEach(closeVisits)
  after(async () => {
    await screens?.close()
  })

  it('keeps profile, channels and quiet hours, and speaks the language chosen at once', async () => {
    const { newcomer, as } = screens.platform
    const who = await newcomer('parent')
    const page = await screens.enter(who, { width: 360 })
    await page.goto('/settings')
    const email = page.getByRole('switch', { name: t.channelUse.replace('{{channel}}', t.channel_email) })
    await email.press('Space')
    await page.getByText(t.channelsNone).waitFor()
    const quiet = page.getByRole('switch', { name: t.quietOn })
    expect([await email.isChecked(), await quiet.isChecked()]).to.deep.equal([false, true])
    await quiet.press('Space')
    await press(page.locator('#quiet'), t.save)
    await page.getByText(t.saved).waitFor()
    const profile = page.locator('#profile')
    await profile.getByRole('textbox', { name: t.name }).fill('Maria')
    await profile.getByRole('textbox', { name: t.phone }).fill('+7 999 123-45-67')
    await profile.getByLabel(t.languageLabel).selectOption('ru')
    const zone = profile.getByRole('combobox', { name: t.zone })
    for (const [typed, found] of [
      ['kyiv', 'Ukraine (UTC+3)'],
      ['+5:30 india', 'India (UTC+5:30)'],
      ['new york', 'New York (UTC−4)'],
      ['yekat', 'Yekaterinburg (UTC+5)'],
    ] as const) {
      await zone.fill(typed)
      await page.locator('[data-combobox-option]').first().waitFor()
      expect(await page.locator('[data-combobox-option]').allTextContents(), typed).to.deep.equal([found])
    }
    await page.locator('[data-combobox-option]').click()
    await press(profile, t.save)
    await page.getByRole('heading', { name: words.ru.settings }).waitFor()
    const { card } = await as(who).auth.me({})
    const { name, language, channels, quietHours } = card
    expect((await as(who).people.get({ userId: who.userId })).phone).to.equal('+7 999 123-45-67')
    expect({ name, language, zone: card.zone, channels, quietHours }).to.deep.equal({
      ...{ name: 'Maria', language: 'ru', zone: 'Asia/Yekaterinburg' },
      ...{ channels: [], quietHours: { from: '00:00', until: '00:00' } },
    })
  })

  it('links Telegram by the password, where the sign-in is old, and is told when it is wrong', async () => {
    const { newcomer, world } = screens.platform
    const page = await screens.enter(await newcomer('parent'), { width: 360 })
    await world.sql(`update "user".session set expires_at = expires_at - interval '11 minutes'`)
    await page.goto('/settings')
    await press(page, t.telegramLinkDo)
    const dialog = page.getByRole('dialog', { name: t.passwordAgain })
    await dialog.getByLabel(t.currentPassword).fill('not the password')
    await press(dialog, t.next)
    await dialog.getByRole('alert').waitFor()
    await looksRight(page, 'password once more')
    await dialog.getByLabel(t.currentPassword).fill('correct horse battery')
    await press(dialog, t.next)
    await page.getByRole('link', { name: t.openTelegram }).waitFor()
  })

  it('changes the password, and ends the session of another device', async () => {
    const { newcomer, as, signIn } = screens.platform
    const who = await newcomer('student')
    const elsewhere = await signIn(who.email)
    const page = await screens.enter(who)
    await page.goto('/settings')
    const ends = page.locator('#sessions').getByRole('button', { name: /^Sign out there/ })
    await ends.first().click()
    await page.locator('#sessions').getByText(t.thisDevice).waitFor()
    const password = page.locator('#password')
    await password.getByLabel(t.currentPassword).fill('not the password')
    await password.getByLabel(t.newPassword, { exact: false }).last().fill('another long password')
    await press(password, t.changePassword)
    await password.getByRole('alert').waitFor()
    await password.getByLabel(t.currentPassword).fill('correct horse battery')
    await press(password, t.changePassword)
    await page.getByText(t.passwordChanged).waitFor()
    expect(await as().auth.login({ email: who.email, password: 'another long password' })).to.have.property('accessToken')
    expect(elsewhere.sessionId).to.be.a('string')
    screens.consoleMessages.splice(0)
  })

  it('shows the inbox unread first by day, where each was delivered, and opens what a notice is about', async () => {
    const { people, as, world } = screens.platform
    const startsAt = new Date(world.clock.now().getTime() + 3 * 3_600_000).toISOString()
    const { userId: studentId } = people.student
    const { id } = await as('tutor').lessons.plan({
      type: 'individual',
      subject: 'Algebra',
      startsAt,
      minutes: 60,
      students: [{ studentId, priceMinor: 0 }],
    })
    await as('tutor').lessons.cancel({ lessonId: id })
    await world.idle()
    const page = await screens.enter(people.student, { width: 360 })
    await page.getByRole('link', { name: /^Inbox, unread/ }).click()
    const unread = page.getByRole('region', { name: t.unreadGroup })
    const notice = unread.getByRole('article').filter({ hasText: 'Algebra' }).first()
    await notice.getByRole('button', { name: /^How it was delivered/ }).click()
    await notice.getByText(t.notReadHere).waitFor()
    await looksRight(page, 'delivery')
    await notice.getByRole('link').click()
    await page.getByRole('heading', { name: 'Algebra' }).waitFor()
    await page.getByText(t.status_cancelled_free, { exact: true }).waitFor()
    await page.goBack()
    await press(page, t.readAll)
    await unread.waitFor({ state: 'detached' })
    expect(await as('student').inbox.unread({})).to.deep.equal({ unread: 0 })
  })

  it('has a page with its thing for every address that a message opens', async () => {
    const { people, as, world } = screens.platform
    const { student, sibling } = people
    const startsAt = new Date(world.clock.now().getTime() + 30 * 3_600_000).toISOString()
    const students = [{ studentId: sibling.userId, priceMinor: 0 }]
    const { id } = await as('tutor').lessons.plan({ type: 'individual', subject: 'Botany', startsAt, minutes: 60, students })
    const shown = async (who: 'tutor' | 'parent' | 'sibling', all: [Notice['link']['kind'], string, string | RegExp][]) => {
      const page = await screens.enter(people[who], { width: 1440 })
      for (const [kind, linkId, text] of all) {
        const about = who === 'tutor' ? undefined : sibling.userId
        await page.goto(placeOf({ link: { kind, id: linkId }, studentId: about }, { userId: people[who].userId, gives: who === 'tutor' }))
        await page.locator('main, [role=dialog]').getByText(text).first().waitFor()
      }
      return page
    }
    const parent = await shown('parent', [
      ['lesson', id, 'Botany'],
      ['series', id, t.schedule],
      ['person', people.parent.userId, t.settings],
      ['broadcast', id, t.inbox],
      ['student', sibling.userId, t.progress],
    ])
    await parent.getByRole('radio', { name: 'sibling', checked: true }).waitFor({ state: 'attached' })
    await shown('sibling', [
      ['lesson', id, 'Botany'],
      ['student', sibling.userId, t.progress],
    ])
    await shown('tutor', [
      ['lesson', id, 'Botany'],
      ['series', id, t.week],
      ['person', student.userId, 'student'],
      ['person', people.tutor.userId, t.settings],
      ['day', people.tutor.userId, t.today],
    ])
  })

  it('sends a message to many only after it was looked at, and tells whom it reached', async () => {
    const { newcomer, as } = screens.platform
    const tutor = await newcomer('tutor')
    const student = await as(tutor).people.create({ role: 'student', name: 'Gleb' })
    await screens.platform.world.idle()
    const page = await screens.enter(tutor, { width: 360 })
    await page.goto('/broadcasts')
    await press(page, t.broadcastNew)
    await page.getByRole('textbox', { name: t.broadcastText }).fill('No lessons on Friday')
    await press(page, t.preview)
    await page.getByText(t.recipients_one.replace('{{count}}', '1')).waitFor()
    await looksRight(page, 'preview')
    await press(page, t.sendTo_one.replace('{{count}}', '1'))
    await page.getByRole('dialog').getByText(student.name).waitFor()
    await looksRight(page, 'report')
  })

  it('takes an invitation back, with the keyboard alone', async () => {
    const { newcomer, as, world } = screens.platform
    const tutor = await newcomer('tutor')
    const { userId } = await as(tutor).people.create({ role: 'student', name: 'Vera' })
    await world.idle()
    const page = await screens.enter(tutor, { width: 360 })
    const press = async (name: string) => {
      await page.getByRole('button', { name, exact: true }).waitFor()
      for (let at = 0; at < 30; at++) {
        await page.keyboard.press('Tab')
        if ((await page.evaluate('document.activeElement.innerText')) === name) return page.keyboard.press('Enter')
      }
      throw new Error(`${name} is not reached by Tab`)
    }
    await page.goto(`/people/${userId}`)
    await press(t.invitePerson)
    await page.getByRole('textbox', { name: t.code }).waitFor()
    await page.keyboard.press('Escape')
    await press(t.takeBack)
    await page.locator('.pair-one').getByText(t.notJoined).waitFor()
    expect(await as(tutor).people.invitations({})).to.deep.equal([])
  })

  it('finds a student by a piece of the name after /, and goes to pages by g and a letter', async () => {
    const { people } = screens.platform
    const page = await screens.enter(people.tutor)
    await page.keyboard.press('/')
    await page.getByRole('searchbox').waitFor()
    await page.keyboard.type('stud')
    await looksRight(page, 'search')
    await page.getByRole('dialog').getByRole('link').first().click()
    await page.getByRole('heading', { name: 'student', exact: true }).waitFor()
    await page.keyboard.press('g')
    await page.keyboard.press('w')
    await page.waitForURL('**/week')
    await page.keyboard.press('?')
    await page.getByRole('dialog').getByText(t.keys).first().waitFor()
  })

  it('leaves the console silent', () => expect(screens.consoleMessages).to.deep.equal([]))
})
