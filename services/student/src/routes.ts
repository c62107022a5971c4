import type { Routes } from '@repitbot/contracts/endpoint'
import type { studentApi } from '@repitbot/contracts/student'
import { toPage } from '@repitbot/kit/page'
import type { Deps } from './deps.ts'
import { pauseStudent } from './flows/pause-student.ts'
import { switchGame } from './flows/switch-game.ts'
import { toAchievements, toProgress } from './rules/to-reply.ts'

export const routes = (deps: Deps): Routes<typeof studentApi> => ({
  progress: async ({ caller, params, query }) =>
    toProgress(await deps.store.getStudent(caller, params.studentId), query.days, deps.xpContext()),
  achievements: async ({ caller, params }) => {
    const { earnedAt, ...history } = await deps.store.getEarned(caller, params.studentId)
    return toAchievements(history, earnedAt, deps.xpContext())
  },
  history: async ({ caller, params, query }) => {
    const { page, last } = toPage(await deps.store.listXp(caller, params.studentId, { ...query, limit: query.limit + 1 }), query.limit)
    const rows = page.map(({ id, kind, sourceId, delta, reason, heldAt }) => ({
      id,
      kind,
      sourceId,
      delta,
      reason,
      heldAt: heldAt.toISOString(),
    }))
    return { rows, next: last?.id ?? null }
  },
  pause: ({ caller, params, body }) => pauseStudent(deps, caller, { ...params, ...body }),
  switchGame: ({ caller, params, body }) => switchGame(deps, caller, { ...params, ...body }),
})
