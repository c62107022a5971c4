import type { Locator, Page } from 'playwright-core'
import { worldStart } from '../../test/platform.ts'
import type { Screens } from './page.ts'

const hourMs = 3_600_000
/** So many hours from the Monday noon (Moscow 11:00) that the clock of the tests shows. */
const at = (hours: number) => new Date(Date.parse(worldStart) + hours * hourMs).toISOString()

/** A tutor for each test, with two students of their own. */
export async function openTutor({ platform: { newcomer, as, world } }: Screens) {
  const who = await newcomer('tutor')
  const doors = as(who)
  const add = (name: string) => doors.people.create({ role: 'student', name })
  const students = [await add('Vera'), await add('Gleb')] as const
  await world.idle()
  return { who, students, doors }
}
type Tutor = Awaited<ReturnType<typeof openTutor>>
export const planned = ({ doors, students: [student] }: Tutor, hours: number, more: object = {}) =>
  doors.lessons.plan({
    type: 'individual',
    subject: 'Algebra',
    startsAt: at(hours),
    minutes: 60,
    students: [{ studentId: student.userId, priceMinor: 150_000 }],
    ...more,
  })
export const sheet = (page: Page): Locator => page.getByRole('dialog')
export const card = (page: Page, id: string): Locator => page.locator(`article[data-lesson="${id}"]`)
