import type { Page } from 'playwright-core'
import { worldStart } from '../../test/platform.ts'
import { type Screens, words } from './page.ts'

const hour = 3_600_000
/** From the Monday, Moscow 11:00, at which these worlds stand. */
export const at = (hours: number) => new Date(Date.parse(worldStart) + hours * hour).toISOString()
const t = words.en

/** A tutor for each test, with two students of their own. */
export async function newTutor(screens: Screens) {
  const { newcomer, as, world } = screens.platform
  const who = await newcomer('tutor')
  const doors = as(who)
  const add = async (name: string) => (await doors.people.create({ role: 'student', name })).userId
  const [vera, gleb] = [await add('Vera'), await add('Gleb')]
  await world.idle()
  const plan = (studentId: string, hours: number) =>
    doors.lessons.plan({
      ...{ type: 'individual', subject: 'Algebra', startsAt: at(hours), minutes: 60 },
      students: [{ studentId, priceMinor: 150_000 }],
    })
  const get = async (lessonId: string) => {
    const { startsAt, minutes } = await doors.lessons.get({ lessonId })
    return { startsAt, minutes }
  }
  return { who, doors, vera, gleb, plan, get }
}
export type Tutor = Awaited<ReturnType<typeof newTutor>>

export async function weekOf(screens: Screens, { who }: Tutor, width = 1440): Promise<Page> {
  const page = await screens.enter(who, { width })
  await page.getByRole('link', { name: t.week, exact: true }).first().click()
  await page.locator('.week-grid').waitFor()
  return page
}
export const slot = (page: Page, when: string) => page.getByRole('button', { name: t.slotAt.replace('{{when}}', when) })
