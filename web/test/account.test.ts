import { failures } from '@repitbot/contracts/texts/en/failures'
import { botSecret } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import { clientsAt } from '../../test/clients.ts'
import { password } from '../../test/platform.ts'
import { signIn as enterAs, looksRight, openScreens, press, type Screens, words } from './page.ts'

const t = words.en

describe('an account, its links and its devices', function () {
  this.timeout(120_000)
  let screens: Screens
  before(async () => {
    screens = await openScreens()
  })
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
})
