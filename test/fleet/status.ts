import { Refused } from '@repitbot/contracts/client'

/** The status of a request: 200 for every success, 0 where there was no answer. */
export async function statusOf(request: Promise<unknown>): Promise<number> {
  try {
    await request
    return 200
  } catch (error) {
    return error instanceof Refused ? error.problem.status : 0
  }
}
