import { failures } from '@repitbot/contracts/texts/en/failures'
import { changeMe, setPolicy } from '@repitbot/kit/testing/seen'
import { botSecret } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import { clientsAt } from '../../test/clients.ts'
import { password } from '../../test/platform.ts'
import { closeVisits, signIn as enterAs, looksRight, openScreens, press, type Screens, words } from './page.ts'

const t = words.en

describe('an account, its links and its devices', function () {
  this.timeout(120_000)
  let screens: Screens
  before(async () => {
    screens = await openScreens()
  })
  afterEach(closeVisits)
  after(async () => {
    await screens?.close()
  })

  it('shows nothing but the refusal once a link is refused that was open already', async () => {
    const { as } = screens.platform
    const { userId } = await as('tutor').people.create({ role: 'student', name: 'Invited' })
    const { link, id } = await as('tutor').people.invite({ role: 'student', userId })
    const page = await screens.visit({ width: 360 })
    await page.goto(`/invite#${link.split('#')[1]}`)
    await page.getByText(t.acceptAbout).waitFor()
    await as('tutor').people.revokeInvitation({ invitationId: id })
    const isOver = async () => {
      expect(await page.getByRole('alert').textContent()).to.include(failures.link_not_valid)
      expect(await page.locator('input:visible, main button, .enter button').count()).to.equal(0)
      await page.getByRole('link', { name: t.backToSignIn }).waitFor()
    }
    await enterAs(page, 'late@link.test')
    await isOver()
    await page.goto('/reset#never-made')
    await page.locator('input[name=password]').fill(password)
    await press(page, t.setPassword)
    await isOver()
    await looksRight(page, 'a used link')
  })

  it('asks at a sign-out everywhere whether a linked Telegram goes too, and takes it off with the sessions', async () => {
    const { newcomer, as, signIn } = screens.platform
    const who = await newcomer('parent')
    const link = new URL((await as(who).auth.telegramLink({})).link).searchParams.get('start') ?? ''
    const bot = clientsAt((service) => screens.platform.origin(service, 'service'), undefined, { 'x-service-secret': botSecret })
    await bot.auth.telegramConfirm({ telegramId: '700300400', kind: 'link', token: link.replace('link_', ''), answer: 'yes' })
    const page = await screens.enter(who, { width: 360 })
    await page.goto('/settings')
    await press(page, t.signOutEverywhere)
    const dialog = page.getByRole('dialog', { name: t.signOutEverywhere })
    await looksRight(page, 'signing out everywhere')
    await dialog.getByRole('checkbox', { name: t.unlinkTelegramToo }).check()
    await press(dialog, t.signOut)
    await page.locator('input[name=email]').waitFor()
    expect((await as(await signIn(who.email)).auth.me({})).card.telegramChatId).to.equal(null)
    screens.consoleMessages.splice(0)
  })

  it('asks once on a device in another zone whether times follow it, and keeps a no on the device and a yes at the person', async () => {
    const { newcomer, as } = screens.platform
    const who = await newcomer('parent')
    const page = await screens.enter(who, { width: 360, asksZone: true })
    const bar = page.getByRole('region', { name: t.zone })
    await bar.getByText('Japan (UTC+9)', { exact: false }).waitFor()
    await looksRight(page, 'the zone of the device')
    await press(bar, t.zoneOfDeviceNo)
    await page.reload()
    await page.locator('main h1').first().waitFor()
    expect(await bar.count()).to.equal(0)
    await page.evaluate(`localStorage.removeItem('repitbot-zone-declined')`)
    await page.reload()
    await press(bar, t.zoneOfDeviceYes)
    await page.getByText(t.saved).waitFor()
    expect((await as(who).auth.me({})).card.zone).to.equal('Asia/Tokyo')
    expect(await bar.count()).to.equal(0)
  })

  it('keeps what was typed when somebody else has changed the same, tells what is there now, and replaces it when it is sent once more', async () => {
    const { platform } = screens
    const who = await platform.newcomer('tutor')
    const page = await screens.enter(who, { width: 360 })
    await page.goto('/settings')
    const profile = page.locator('#profile')
    const name = profile.locator('input[name=name]')
    const nameNow = async () => (await platform.as(who).auth.me({})).card.name
    await name.fill('Typed here')
    await changeMe(platform.as(who), { channels: [] })
    await press(profile, t.save)
    await page.getByText(t.saved).waitFor()
    expect(await nameNow(), 'what else has changed is no reason to refuse').to.equal('Typed here')
    await name.fill('Typed again')
    await changeMe(platform.as(who), { name: 'Elsewhere' })
    await press(profile, t.save)
    await profile.getByText(failures.conflict).waitFor()
    await profile.getByText(t.nowHere.replace('{{what}}', 'Elsewhere')).waitFor()
    expect([await name.inputValue(), await nameNow()]).to.deep.equal(['Typed again', 'Elsewhere'])
    await looksRight(page, 'a conflict')
    await press(profile, t.save)
    await profile.getByText(failures.conflict).waitFor({ state: 'hidden' })
    expect(await nameNow()).to.equal('Typed again')
    screens.consoleMessages.splice(0)
  })

  it('replaces the school and its policy only as they were seen', async () => {
    const { platform } = screens
    const page = await screens.enter(platform.people.admin, { width: 360 })
    await page.goto('/school')
    const school = page.locator('section', { has: page.locator('input[name=name]') })
    const rule = page.locator('section', { has: page.locator('input[name=noticeHours]') })
    await school.locator('input[name=name]').fill('Typed here')
    await rule.locator('input[name=noticeHours]').fill('10')
    const { school: ofSchool } = platform.as('admin')
    await ofSchool.change({ name: 'Elsewhere', version: (await ofSchool.get({})).version })
    await setPolicy(platform.as('admin'), { noticeHours: 48, lateChargePercent: 50 })
    await press(rule, t.save)
    await rule.getByText(t.nowHere.replace('{{what}}', '48')).waitFor()
    await rule.getByText(t.nowHere.replace('{{what}}', '50 %')).waitFor()
    await press(school, t.save)
    await school.getByText(t.nowHere.replace('{{what}}', 'Elsewhere')).waitFor()
    expect((await ofSchool.get({})).name).to.equal('Elsewhere')
    screens.consoleMessages.splice(0)
  })
})
