import { expect } from 'chai'
import type { Page } from 'playwright-core'
import { begins } from '../../test/platform.ts'
import { looksRight, openScreens, type Screens, words } from './page.ts'

/** Every page that somebody of the role goes to; `:student` and `:lesson` are filled in. */
const pages = {
  student: ['/', '/progress', '/schedule', '/lessons/:lesson', '/inbox', '/settings'],
  parent: ['/', '/progress', '/schedule', '/lessons/:lesson', '/inbox', '/settings'],
  tutor: ['/', '/people', '/people/:student', '/inbox', '/broadcasts', '/more', '/settings'],
  admin: ['/', '/people', '/people/:student', '/school', '/broadcasts'],
} as const
const looks = [
  ['ru', 360],
  ['ru', 768],
  ['en', 1440],
] as const

describe('every page', function () {
  this.timeout(240_000)
  let screens: Screens
  let lesson = ''
  before(async () => {
    screens = await openScreens()
    const { as, people, world } = screens.platform
    const plan = (hours: number) =>
      as('tutor').lessons.plan({
        type: 'individual',
        subject: 'Algebra',
        startsAt: new Date(Date.parse(begins) + hours * 3_600_000).toISOString(),
        minutes: 60,
        videoUrl: 'https://video.test/room',
        students: [{ studentId: people.student.userId, priceMinor: 150_000 }],
      })
    const held = await plan(-3)
    const report = { studentId: people.student.userId, attendance: 'attended' as const, grade: { scale: 'five' as const, value: 5 } }
    await as('tutor').lessons.complete({ lessonId: held.id, topic: 'Fractions', note: 'Well done', students: [report] })
    lesson = (await plan(0.1)).id
    await world.settled()
  })
  after(async () => {
    await screens?.close()
  })

  const whole = async (page: Page) => {
    await page.locator('h1:visible, h2:visible').first().waitFor()
    await page.locator('.mantine-Skeleton-root, .mantine-Loader-root').first().waitFor({ state: 'detached' })
  }
  for (const [language, width] of looks)
    for (const [role, paths] of Object.entries(pages) as [keyof typeof pages, readonly string[]][])
      it(`has no barrier and fits ${width} px in ${language} for a ${role}, in both themes`, async () => {
        const page = await screens.enter(screens.platform.people[role], { width, language })
        for (const path of paths) {
          const address = path.replace(':student', screens.platform.people.student.userId).replace(':lesson', lesson)
          await page.goto(address)
          await whole(page)
          await looksRight(page, `${role} ${path}`)
        }
      })

  it('shows a pupil his lesson to join ten minutes before, and what he is told in his own words', async () => {
    const page = await screens.enter(screens.platform.people.student, { width: 360, language: 'ru' })
    expect(await page.getByRole('link', { name: words.ru.join }).getAttribute('href')).to.equal('https://video.test/room')
    await page.goto('/settings')
    await page.getByRole('button', { name: words.ru.telegramLinkDo }).click()
    await page.getByText(words.ru.telegramLinkAbout_pupil).waitFor()
  })

  it('tells a family what calling a lesson off costs before it is called off', async () => {
    const { as, people } = screens.platform
    const page = await screens.enter(people.parent, { width: 360 })
    await page.goto(`/lessons/${lesson}`)
    await page.getByRole('button', { name: words.en.cancelLesson }).click()
    await looksRight(page, 'cancel')
    await page.getByRole('dialog').getByRole('button', { name: 'Call off and pay RUB 1,500' }).click()
    await page.getByText(words.en.status_cancelled_chargeable).waitFor()
    expect((await as('tutor').lessons.get({ lessonId: lesson })).cancellation?.chargePercent).to.equal(100)
  })

  it('leaves the console silent', () => expect(screens.said).to.deep.equal([]))
})
