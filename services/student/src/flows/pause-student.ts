import { randomUUIDv7 } from 'node:crypto'
import type { Caller } from '@repitbot/contracts/endpoint'
import { orThrow } from '@repitbot/kit/failure'
import type { Deps } from '../deps.ts'
import { computeXp } from '../rules/compute-xp.ts'
import { canPause } from '../rules/pause.ts'
import { dayOf, dayOfDate } from '../rules/zones.ts'

/** Pauses the streak; freezes already spent on those days come back. */
export async function pauseStudent(
  { store, xpContext }: Deps,
  caller: Caller,
  request: { studentId: string; from: string; until: string },
) {
  const context = xpContext()
  const { pause } = await store.changeStudent(caller, request.studentId, {
    now: context.now,
    decide: (state) => {
      const today = dayOf(context.now, { zones: state.student.zones, dayStartHour: context.dayStartHour }) ?? 0
      const pause = orThrow(canPause({ from: dayOfDate(request.from), until: dayOfDate(request.until) }, today))
      const result = computeXp({ ...state, pauses: [...state.pauses, pause] }, [], context)
      return { result, pause: { id: randomUUIDv7(), ...pause } }
    },
  })
  return { id: pause.id, from: request.from, until: request.until }
}
