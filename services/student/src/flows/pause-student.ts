import { randomUUIDv7 } from 'node:crypto'
import type { Caller } from '@repitbot/contracts/endpoint'
import { orThrow } from '@repitbot/kit/failure'
import type { Deps } from '../deps.ts'
import { canPause } from '../rules/pause.ts'
import { settle } from '../rules/settle.ts'
import { dayOf, dayOfDate } from '../rules/zones.ts'

/** Pauses the streak; freezes already spent on those days come back. */
export async function pauseStudent({ store, terrain }: Deps, caller: Caller, asked: { studentId: string; from: string; until: string }) {
  const at = terrain()
  const { pause } = await store.changeStudent(caller, asked.studentId, {
    now: at.now,
    decide: (known) => {
      const today = dayOf(at.now, { zones: known.student.zones, dayStartHour: at.dayStartHour }) ?? 0
      const pause = orThrow(canPause({ from: dayOfDate(asked.from), until: dayOfDate(asked.until) }, today))
      const settled = settle({ ...known, pauses: [...known.pauses, pause] }, [], at)
      return { settled, pause: { id: randomUUIDv7(), ...pause } }
    },
  })
  return { id: pause.id, from: asked.from, until: asked.until }
}
