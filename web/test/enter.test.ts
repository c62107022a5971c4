import { failures } from '@repitbot/contracts/texts/en/failures'
import { changeMe } from '@repitbot/kit/testing/seen'
import { botSecret } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import type { Page } from 'playwright-core'
import { clientsAt } from '../../test/clients.ts'
import { password } from '../../test/platform.ts'
import { closeVisits, looksRight, openScreens, plainHost, press, type Screens, signIn, words } from './page.ts'

/** Nobody comes in by a mistake, and the browser notes each refusal by itself. */
const refusals = /status of (400|401|404|409)/

describe('the ways into the page', function () {
  this.timeout(120_000)
  let screens: Screens
  before(async () => {
    screens = await openScreens()
  })
  afterEach(closeVisits)
  after(async () => {
    await screens?.close()
  })
  const t = words.en
  const deps = (page: Page) => page.locator('nav.bar').waitFor()
  const bot = () => clientsAt((service) => screens.platform.origin(service, 'service'), undefined, { 'x-service-secret': botSecret })
  const tokenOf = (link: string) => /start=(?:login|link|inv)_([\w-]+)/.exec(link)?.[1] ?? ''
  async function invited() {
    const { as } = screens.platform
    const { userId } = await as('tutor').people.create({ role: 'student', name: 'Invited' })
    return as('tutor').people.invite({ role: 'student', userId })
  }

  it('loads no page behind the sign-in for a visitor, and all it loads comes compressed', async () => {
    const page = await screens.visit({ width: 360 })
    const loaded: Promise<[string, string | undefined]>[] = []
    page.on('response', (response) => {
      const { pathname } = new URL(response.url())
      if (/\.(js|css)$/.test(pathname) && pathname !== '/sw.js')
        loaded.push(response.allHeaders().then((all) => [pathname, all['content-encoding']]))
    })
    await page.goto('/')
    await page.locator('input[name=email]').waitFor()
    const files = await Promise.all(loaded)
    expect(files.filter(([name]) => /(home|today|people|words-ru)/.test(name))).to.deep.equal([])
    expect(files.filter(([, encoding]) => !encoding)).to.deep.equal([])
  })

  it('lets a person in by e-mail and password with the keyboard alone', async () => {
    const page = await screens.visit({ width: 360 })
    await page.goto('/')
    await page.locator('input[name=email]').waitFor()
    await looksRight(page, 'sign-in')
    const reach = async (name: string) => {
      for (let at = 0; at < 12; at++) {
        await page.keyboard.press('Tab')
        if (await page.evaluate(`document.activeElement.name === '${name}'`)) return
      }
      throw new Error(`${name} is not reached by Tab`)
    }
    await reach('email')
    await page.keyboard.type(screens.platform.people.parent.email)
    await reach('password')
    await page.keyboard.type(password)
    await page.keyboard.press('Enter')
    await deps(page)
  })

  it('works over plain http on a name of its own, where a browser leaves out what needs a secure context', async () => {
    const { port } = new URL(screens.platform.gateway.url)
    await changeMe(screens.platform.as('tutor'), { language: 'en' })
    const page = await screens.visit({ width: 360, origin: `http://${plainHost}:${port}` })
    await page.goto('/')
    expect(await page.evaluate('isSecureContext || "randomUUID" in crypto')).to.equal(false)
    await signIn(page, screens.platform.people.tutor.email)
    await deps(page)
    await press(page, t.planLesson)
    const plan = page.getByRole('dialog')
    await plan.locator('.mantine-MultiSelect-input, input').first().click()
    await page.locator('[role=option]').first().click()
    await page.keyboard.press('Escape')
    await plan.getByRole('textbox', { name: t.subject }).fill('Over plain http')
    await plan.getByLabel(t.time, { exact: true }).fill('10:30')
    await press(plan, t.planLesson)
    const card = page.locator('article').filter({ hasText: 'Over plain http' })
    await press(card, t.done)
    await press(plan, t.done)
    await card.getByText(t.status_completed).waitFor()
  })

  it('says the same of a wrong password and of an unknown e-mail, and keeps what was typed', async () => {
    const page = await screens.visit({ width: 360 })
    await page.goto('/')
    const told = async (email: string) => {
      await page.locator('input[name=email]').fill(email)
      await page.locator('input[name=password]').fill('a wrong password')
      await page.locator('button[type=submit]').click()
      const alert = await page.getByRole('alert').textContent()
      expect(await page.locator('input[name=email]').inputValue()).to.equal(email)
      return alert
    }
    const known = await told(screens.platform.people.tutor.email)
    await page.reload()
    expect(await told('nobody@nowhere.test')).to.equal(known)
    await looksRight(page, 'refused')
  })

  it('lets a person in with Telegram once the chat has named the number that the page shows, and not after a no', async () => {
    const { as } = screens.platform
    const link = await as('parent').auth.telegramLink({})
    const telegramId = '700100200'
    await bot().auth.telegramConfirm({ telegramId, kind: 'link', token: tokenOf(link.link), answer: 'yes' })
    const page = await screens.visit({ width: 360 })
    const asked = async (answer: 'yes' | 'no') => {
      const href = (await page.getByRole('link', { name: t.openTelegram }).getAttribute('href')) ?? ''
      expect(await page.getByRole('img', { name: t.qrTelegram }).count()).to.equal(1)
      const number = Number(/\d+/.exec((await page.getByRole('heading', { name: /\d{2}$/ }).textContent()) ?? '')?.[0])
      await bot().auth.telegramConfirm({ telegramId, kind: 'login', token: tokenOf(href), answer, number })
    }
    await page.goto('/')
    await press(page, t.byTelegram)
    await asked('no')
    await page.getByRole('alert').waitFor()
    await looksRight(page, 'telegram')
    await press(page, t.tryAgain)
    await asked('yes')
    await deps(page)
  })

  it('lets a person in by the code of an invitation, once; the second is told so, and not whose it was', async () => {
    const { code } = await invited()
    for (const [at, email] of ['first@code.test', 'second@code.test'].entries()) {
      const page = await screens.visit({ width: 360 })
      await page.goto('/')
      await press(page, t.haveCode)
      await page.getByRole('textbox', { name: t.code }).fill(code!.toLowerCase())
      await looksRight(page, 'code')
      await press(page, t.codeNext)
      if (at === 0) {
        await page.getByText('Name: Invited').waitFor()
        await signIn(page, email)
        await deps(page)
      } else
        expect(await page.getByRole('alert').textContent())
          .to.not.include('first@code.test')
          .and.not.include('Invited')
    }
  })

  it('lets a small child in by the link without an e-mail', async () => {
    const { link } = await invited()
    const page = await screens.visit({ width: 360, language: 'ru' })
    await page.goto(`/invite#${link.split('#')[1]}`)
    await looksRight(page, 'invite')
    await page.getByRole('checkbox', { name: words.ru.withoutAccount }).check()
    await press(page, words.ru.accept)
    await deps(page)
    await page.getByRole('heading', { name: words.ru.today }).waitFor()
  })

  for (const language of ['ru', 'en'] as const)
    it(`lets a parent in by the link, who gives the name that the school does not have: ${language}`, async () => {
      const { as, people } = screens.platform
      const { link } = await as('tutor').people.invite({ role: 'parent', studentIds: [people.student.userId] })
      const page = await screens.visit({ width: 360, language })
      await page.goto(`/invite#${link.split('#')[1]}`)
      const name = page.locator('input[name=name]')
      await name.fill(`Елена ${language}`)
      expect(await page.getByRole('checkbox').count()).to.equal(0)
      for (const fact of ['A', 'tutor', words[language].roles_parent, 'student'])
        await page.getByText(fact, { exact: false }).first().waitFor()
      await looksRight(page, 'invite without a name')
      await page.locator('input[name=email]').fill(`parent.${language}@link.test`)
      await page.locator('input[name=password]').fill(password)
      await press(page, words[language].accept)
      await deps(page)
      const found = await as('admin').people.list({ role: 'parent', limit: 200 })
      expect(found.filter(({ name: called }) => called === `Елена ${language}`)).to.have.length(1)
    })

  it('tells in words above the form what is wrong with a field that is not on it', async () => {
    const { link } = await invited()
    const page = await screens.visit({ width: 360 })
    await page.goto(`/invite#${link.split('#')[1]}`)
    const errors = [
      { field: 'email', message: 'An e-mail that is on the form' },
      { field: 'studentIds', message: 'A student who is not' },
    ]
    const problem = { type: 'about:blank', title: 'Invalid', status: 400, code: 'invalid_input', errors }
    await page.route('**/auth/invitations/accept', (route) => route.fulfill({ status: 400, json: problem }))
    await signIn(page, 'field@nowhere.test')
    const alert = page.getByRole('alert')
    await alert.waitFor()
    expect(await alert.textContent())
      .to.include('A student who is not')
      .and.not.include('that is on the form')
    await page.getByText('An e-mail that is on the form').waitFor()
    await looksRight(page, 'a fault of no field')
  })

  it('tells at once that a link is used or expired, and asks for nothing', async () => {
    const { link, id } = await invited()
    await screens.platform.as('tutor').people.revokeInvitation({ invitationId: id })
    const page = await screens.visit({ width: 360 })
    await page.goto(`/invite#${link.split('#')[1]}`)
    expect(await page.getByRole('alert').textContent()).to.include(failures.link_not_valid)
    expect(await page.locator('input').count()).to.equal(0)
    expect(await page.getByText(t.acceptAbout).count(), 'nothing is left to choose').to.equal(0)
    expect(await page.getByRole('button', { name: t.retry }).count(), 'and nothing to try again').to.equal(0)
    await looksRight(page, 'a used invitation')
  })

  it('tells the bound of a new password beside its field before it is sent', async () => {
    const { link } = await invited()
    const page = await screens.visit()
    await page.goto(`/invite#${link.split('#')[1]}`)
    await page.locator('input[name=email]').fill('short@password.test')
    await page.locator('input[name=password]').fill('short')
    await press(page, t.accept)
    await page.getByText(t.fieldShort.replace('{{least}}', '10')).waitFor()
    await page.locator('input[name=email]').fill('no address')
    await press(page, t.accept)
    await page.getByText(t.fieldEmail).waitFor()
    expect(await page.evaluate('document.activeElement.name'), 'the first wrong field').to.equal('email')
  })

  it('leaves the console silent but for what the browser notes of refusals', () => {
    expect(screens.consoleMessages.filter((line) => !refusals.test(line))).to.deep.equal([])
  })
})
