import type { Routes } from '@repitbot/contracts/endpoint'
import type { studentApi } from '@repitbot/contracts/student'
import type { Deps } from './deps.ts'
import { pauseStudent } from './flows/pause-student.ts'
import { switchGame } from './flows/switch-game.ts'
import { achievementsOf, progressOf } from './rules/show.ts'

export const routes = (deps: Deps): Routes<typeof studentApi> => ({
  progress: async ({ caller, params, query }) =>
    progressOf(await deps.store.getStudent(caller, params.studentId), query.days, deps.terrain()),
  achievements: async ({ caller, params }) => {
    const { earnedAt, ...known } = await deps.store.getEarned(caller, params.studentId)
    return achievementsOf(known, earnedAt, deps.terrain())
  },
  history: async ({ caller, params, query }) => {
    const rows = await deps.store.listXp(caller, params.studentId, query)
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
  pause: ({ caller, params, body }) => pauseStudent(deps, caller, { ...params, ...body }),
  switchGame: ({ caller, params, body }) => switchGame(deps, caller, { ...params, ...body }),
})
