import { Refused } from '@repitbot/contracts/client'
import type { World } from '@repitbot/kit/testing/world'

/** The problem that a call is refused with. */
export async function refusal(call: Promise<unknown>) {
  try {
    await call
  } catch (error) {
    if (error instanceof Refused) return error.problem as Refused['problem'] & { with?: Record<string, unknown> }
    throw error
  }
  throw new Error('The call was not refused')
}
export const code = async (call: Promise<unknown>) => (await refusal(call)).code

const seat = { priceMinor: 150_000, currency: 'RUB' }
/** A single lesson of the tutor and the student, unless said otherwise. */
export const lessonPlan = ({ people }: World, more: object = {}) => ({
  type: 'individual' as const,
  subject: 'Maths',
  startsAt: '2026-09-07T14:00:00.000Z',
  minutes: 60,
  students: [{ studentId: people.student.userId, ...seat }],
  ...more,
})
export const groupPlan = (world: World, more: object = {}) =>
  lessonPlan(world, {
    type: 'group',
    students: [
      { studentId: world.people.student.userId, ...seat },
      { studentId: world.people.sibling.userId, ...seat, priceMinor: 100_000 },
    ],
    ...more,
  })
export const attended = (...ids: string[]) => ids.map((studentId) => ({ studentId, attendance: 'attended' as const }))
