import { keyFrom } from '@repitbot/kit/seal'
import { serviceSecret } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import { unsubscribeToken } from '../../services/notification/src/flows/unsubscribe-tokens.ts'
import { looksRight, openScreens, press, type Screens, untilTrue, words } from './page.ts'
import { sheet } from './tutor.ts'

describe('letters that many people get', function () {
  this.timeout(120_000)
  let screens: Screens
  before(async () => {
    screens = await openScreens()
  })
  after(() => screens?.close())

  for (const [language, width] of [
    ['ru', 360],
    ['en', 1440],
  ] as const) {
    const t = words[language]
    it(`are stopped by their link without signing in, and turned on again in the settings: ${language}, ${width} px`, async () => {
      const { people, as } = screens.platform
      const { parent } = people
      const token = unsubscribeToken(keyFrom(serviceSecret, 'unsubscribe'), parent)
      const page = await screens.visit({ width, language })
      await page.goto(`/unsubscribe?token=${token}`)
      await page.getByText(t.unsubscribeAbout).waitFor()
      expect((await as('parent').preferences.get({})).bulkEmail, 'opening the page changes nothing').to.equal(true)
      await looksRight(page, 'the page of a letter')
      await press(page, t.unsubscribeDo)
      await page.getByText(t.unsubscribed).waitFor()
      expect((await as('parent').preferences.get({})).bulkEmail).to.equal(false)
      const own = await screens.enter(parent, { width, language })
      await own.goto('/settings')
      await own.getByRole('switch', { name: t.bulkEmail }).click()
      const saved = own.getByText(t.saved).waitFor()
      await own
        .locator('form', { has: own.getByRole('switch', { name: t.bulkEmail }) })
        .locator('button[type=submit]')
        .click()
      await saved
      expect((await as('parent').preferences.get({})).bulkEmail).to.equal(true)
    })

    it(`name the people who will not read them, and lead to those: ${language}, ${width} px`, async () => {
      const { as, people } = screens.platform
      await as('tutor').people.create({ role: 'student', name: `Not here ${language}` })
      await screens.platform.world.idle()
      const { byChannel } = await as('tutor').broadcasts.preview({ roles: ['student'], text: 'News' })
      const page = await screens.enter(people.tutor, { width, language })
      await page.goto('/broadcasts')
      await press(page, t.broadcastNew)
      await page.getByRole('textbox', { name: t.broadcastText }).fill('News')
      await press(page, t.preview)
      await sheet(page).getByRole('link', { name: t.inviteThem }).waitFor()
      expect(byChannel.notJoined).to.be.above(0)
      expect(await sheet(page).textContent()).to.contain(String(byChannel.notJoined))
      await looksRight(page, 'the preview with people who have not joined')
      await sheet(page).getByRole('link', { name: t.inviteThem }).click()
      await page.locator('.people-rows').getByText(`Not here ${language}`, { exact: true }).waitFor()
      await untilTrue(page, `document.querySelectorAll('.people-rows .row').length === ${byChannel.notJoined}`)
    })
  }
})
