import { mayOpen, pageNames, pageOf } from '@repitbot/contracts/pages'
import { expect } from 'chai'
import { worldStart } from '../../test/platform.ts'
import { fillPages, looksRightTo } from './every-page.ts'
import { closeVisits, looksRight, openScreens, type Screens, words } from './page.ts'

describe('every page', function () {
  this.timeout(240_000)
  let screens: Screens
  let lesson = ''
  before(async () => {
    screens = await openScreens()
    lesson = await fillPages(screens)
  })
  afterEach(closeVisits)
  after(async () => {
    await screens?.close()
  })

  for (const reader of ['student', 'parent', 'anyone'] as const) looksRightTo(reader, () => ({ screens, lesson }))

  it('is not there for a role that may not open it', async () => {
    const page = await screens.enter(screens.platform.people.student, {})
    for (const name of pageNames.filter((one) => !mayOpen(one, 'student'))) {
      await page.goto(pageOf(name).path.replace(':userId', screens.platform.people.student.userId))
      await page.getByRole('heading', { name: words.en.noPage }).waitFor()
    }
  })

  it('names the months of the days in a row', async () => {
    const { as, people, world } = screens.platform
    const studentId = people.student.userId
    const startsAt = new Date(Date.parse(worldStart) - 14 * 86_400_000).toISOString()
    const students = [{ studentId, priceMinor: 150_000 }]
    const { id: lessonId } = await as('tutor').lessons.plan({ type: 'individual', subject: 'Algebra', startsAt, minutes: 60, students })
    await as('tutor').lessons.complete({ lessonId, students: [{ studentId, attendance: 'attended' }] })
    await world.idle()
    const page = await screens.enter(screens.platform.people.student, { width: 360, language: 'ru' })
    await page.goto('/progress')
    await page.locator('.days .month-name').first().waitFor()
    expect(await page.locator('.days .month-name').allTextContents()).to.deep.equal(['август', 'сентябрь'])
    const firstOf = async (name: string) => (await page.getByRole('img', { name: new RegExp(`^${name}: `) }).boundingBox())?.x
    expect(await firstOf('1 сентября'), 'both are Tuesdays').to.equal(await firstOf('25 августа'))
  })

  it('shows a pupil his lesson to join ten minutes before, and what he is told in his own words', async () => {
    const page = await screens.enter(screens.platform.people.student, { width: 360, language: 'ru' })
    expect(await page.getByRole('link', { name: words.ru.join }).getAttribute('href')).to.equal('https://video.test/room')
    await page.goto('/settings')
    await page.getByRole('button', { name: words.ru.telegramLinkDo }).click()
    await page.getByText(words.ru.telegramLinkAbout_pupil).waitFor()
  })

  it('tells a family what calling a lesson off costs before it is called off', async () => {
    const { as, people, world } = screens.platform
    const startsAt = new Date(Date.parse(worldStart) + 3 * 3_600_000).toISOString()
    const students = [{ studentId: people.student.userId, priceMinor: 150_000 }]
    const { id: lessonId } = await as('tutor').lessons.plan({ type: 'individual', subject: 'Algebra', startsAt, minutes: 60, students })
    await world.idle()
    const page = await screens.enter(people.parent, { width: 360 })
    await page.goto(`/lessons/${lessonId}`)
    await page.getByRole('button', { name: words.en.cancelLesson }).click()
    await looksRight(page, 'cancel')
    await page.getByRole('dialog').getByText('cancelling costs 100 % of the price: ₽1,500.').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel and pay ₽1,500 (100 %)' }).click()
    await page.getByText(words.en.status_cancelled_chargeable).waitFor()
    expect((await as('tutor').lessons.get({ lessonId })).cancellation?.chargePercent).to.equal(100)
  })

  it('leaves the console silent', () => expect(screens.consoleMessages).to.deep.equal([]))
})
