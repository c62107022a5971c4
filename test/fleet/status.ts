import { Refused } from '@repitbot/contracts/client'

/** The status a request was answered with: 200 for every success, 0 when there was no answer. */
export async function statusOf(asked: Promise<unknown>): Promise<number> {
  try {
    await asked
    return 200
  } catch (error) {
    return error instanceof Refused ? error.problem.status : 0
  }
}
