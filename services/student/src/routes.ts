import type { Routes } from '@repitbot/contracts/endpoint'
import type { studentApi } from '@repitbot/contracts/student'
import { pauseStudent } from './flows/pause-student.ts'
import { switchGame } from './flows/switch-game.ts'
import type { Inside } from './inside.ts'
import { achievementsOf, progressOf } from './rules/show.ts'

export const routes = (inside: Inside): Routes<typeof studentApi> => ({
  progress: async ({ caller, params, query }) =>
    progressOf(await inside.store.getStudent(caller, params.studentId), query.days, inside.terrain()),
  achievements: async ({ caller, params }) => {
    const { earnedAt, ...known } = await inside.store.getEarned(caller, params.studentId)
    return achievementsOf(known, earnedAt, inside.terrain())
  },
  history: async ({ caller, params, query }) => {
    const rows = await inside.store.listXp(caller, params.studentId, query)
    const shown = rows.map(({ id, kind, sourceId, delta, reason, heldAt }) => ({
      id,
      kind,
      sourceId,
      delta,
      reason,
      heldAt: heldAt.toISOString(),
    }))
    return { rows: shown, next: rows.length === query.limit ? (rows.at(-1)?.id ?? null) : null }
  },
  pause: ({ caller, params, body }) => pauseStudent(inside, caller, { ...params, ...body }),
  switchGame: ({ caller, params, body }) => switchGame(inside, caller, { ...params, ...body }),
})
