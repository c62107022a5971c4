import { mayOpen, type PageName, pageNames, pageOf } from '@repitbot/contracts/pages'
import { expect } from 'chai'
import type { Page } from 'playwright-core'
import { worldStart } from '../../test/platform.ts'
import { fitsItsWidth, looksRight, looksRightIn, type Screens, words } from './page.ts'

type Reader = 'student' | 'parent' | 'tutor' | 'admin' | 'anyone'

/** Something for every page to show: a lesson that was held and reported. Returns the id of the next one. */
export async function fillPages({ platform: { as, people, world } }: Screens): Promise<string> {
  const plan = (hours: number) =>
    as('tutor').lessons.plan({
      type: 'individual',
      subject: 'Algebra',
      startsAt: new Date(Date.parse(worldStart) + hours * 3_600_000).toISOString(),
      minutes: 60,
      videoUrl: 'https://video.test/room',
      students: [{ studentId: people.student.userId, priceMinor: 150_000 }],
    })
  const held = await plan(-3)
  const report = { studentId: people.student.userId, attendance: 'attended' as const, grade: { scale: 'five' as const, value: 5 } }
  await as('tutor').lessons.complete({ lessonId: held.id, topic: 'Fractions', note: 'Well done', students: [report] })
  const { id } = await plan(0.1)
  await world.idle()
  return id
}

/** Every page that the reader may open; `anyone` has not signed in. */
const pagesOf = (reader: Reader) =>
  pageNames.filter((page) =>
    reader === 'anyone' ? pageOf(page).roles === 'anyone' : pageOf(page).roles !== 'anyone' && mayOpen(page, reader),
  )

/** Each page of the reader, loaded in Russian and gone to in English as a link goes there. Barriers are looked for once for each layout and theme. */
export function looksRightTo(reader: Reader, opened: () => { screens: Screens; lesson: string }): void {
  const who = reader === 'anyone' ? 'anyone' : `a ${reader}`
  const pathOf = (name: PageName) => {
    const { screens, lesson } = opened()
    return pageOf(name).path.replace(':userId', screens.platform.people.student.userId).replace(':lessonId', lesson)
  }
  const open = async (look: { width: number; language: 'ru' | 'en' }) => {
    const { screens } = opened()
    return reader === 'anyone' ? screens.visit(look) : screens.enter(screens.platform.people[reader], look)
  }
  it(`has no barrier in both themes at 360 px in ru for ${who}, and fits 768 px`, async () => {
    const page = await open({ width: 360, language: 'ru' })
    for (const name of pagesOf(reader)) {
      await page.goto(pathOf(name))
      await isWhole(page, `${reader} ${name}`, 'ru')
      await looksRight(page, `${reader} ${name} at 360 px`)
      await page.setViewportSize({ width: 768, height: 900 })
      await fitsItsWidth(page, `${reader} ${name} at 768 px`)
      await page.setViewportSize({ width: 360, height: 900 })
    }
  })
  it(`has no barrier and fits 1440 px in en for ${who}`, async () => {
    const page = await open({ width: 1440, language: 'en' })
    await page.goto(pathOf(pagesOf(reader)[0] as PageName))
    for (const name of pagesOf(reader)) {
      await page.evaluate(`history.pushState({}, '', ${JSON.stringify(pathOf(name))})`)
      await isWhole(page, `${reader} ${name}`, 'en')
      await looksRightIn(page, `${reader} ${name} at 1440 px`, { themes: ['light'] })
    }
  })
}

async function isWhole(page: Page, name: string, language: 'ru' | 'en') {
  await page.locator('h1:visible, h2:visible').first().waitFor()
  await page.locator('.mantine-Skeleton-root, .mantine-Loader-root').first().waitFor({ state: 'detached' })
  expect(await page.getByText(words[language].broken).count(), `${name} broke`).to.equal(0)
  expect(await page.title(), name).to.match(/^\S.* – RepitBot$/)
}
