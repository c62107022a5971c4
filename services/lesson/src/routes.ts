import type { Routes } from '@repitbot/contracts/endpoint'
import type { familyLessonApi, lessonApi, lessonPolicyApi } from '@repitbot/contracts/lesson'
import type { seriesApi } from '@repitbot/contracts/series'
import type { Deps } from './deps.ts'
import { cancelLesson, cancelLessonByFamily } from './flows/cancel-lesson.ts'
import { cancelSeriesFrom } from './flows/cancel-series.ts'
import { changeSeriesFrom } from './flows/change-series.ts'
import { completeLesson } from './flows/complete-lesson.ts'
import { correctLesson } from './flows/correct-lesson.ts'
import { moveLesson } from './flows/move-lesson.ts'
import { planLesson } from './flows/plan-lesson.ts'
import { planNewSeries } from './flows/plan-series.ts'
import { readSeries } from './flows/read-series.ts'
import { reopenLesson } from './flows/reopen-lesson.ts'
import { waiveCharge } from './flows/waive-charge.ts'
import type { Lesson } from './rules/lesson.ts'
import { shownSeries } from './rules/series-lessons.ts'
import { shown } from './rules/status.ts'

export const lessonRoutes = (deps: Deps): Routes<typeof lessonApi> => {
  const show = async (lesson: Promise<Lesson>) => shown(await lesson, deps.now())
  return {
    list: async ({ caller, query }) => listed(deps, await deps.store.listLessons(caller, query)),
    get: ({ caller, params }) => show(deps.store.getLesson(caller, params.lessonId)),
    plan: ({ caller, body }) => show(planLesson(deps, caller, body)),
    complete: ({ caller, params, body }) => show(completeLesson(deps, caller, { ...params, report: body })),
    correct: ({ caller, params, body }) => show(correctLesson(deps, caller, { ...params, report: body })),
    reopen: ({ caller, params }) => show(reopenLesson(deps, caller, params)),
    move: ({ caller, params, body }) => show(moveLesson(deps, caller, { ...params, ...body })),
    cancel: ({ caller, params, body }) => show(cancelLesson(deps, caller, { ...params, ...body })),
    waive: ({ caller, params }) => show(waiveCharge(deps, caller, params)),
  }
}

export const familyRoutes = (deps: Deps): Routes<typeof familyLessonApi> => ({
  list: async ({ caller, query }) => listed(deps, await deps.store.listLessons(caller, query)),
  get: async ({ caller, params }) => shown(await deps.store.getLesson(caller, params.lessonId), deps.now()),
  cancel: async ({ caller, params, body }) => shown(await cancelLessonByFamily(deps, caller, { ...params, ...body }), deps.now()),
})

export const policyRoutes = ({ store }: Deps): Routes<typeof lessonPolicyApi> => ({
  get: ({ caller }) => store.getPolicy(caller),
  set: ({ caller, body }) => store.setPolicy(caller, body),
})

export const seriesRoutes = (deps: Deps): Routes<typeof seriesApi> => ({
  list: async ({ caller, query }) => {
    const { series, next } = await deps.store.listSeries(caller, query)
    return { series: series.map(shownSeries), next }
  },
  get: ({ caller, params }) => readSeries(deps, caller, params.seriesId),
  plan: async ({ caller, body }) => shownSeries(await planNewSeries(deps, caller, body)),
  change: async ({ caller, params, body }) => shownSeries(await changeSeriesFrom(deps, caller, { ...params, change: body })),
  cancel: async ({ caller, params, body }) => shownSeries(await cancelSeriesFrom(deps, caller, { ...params, ...body })),
})

const listed = ({ now }: Deps, { lessons, next }: { lessons: Lesson[]; next: string | null }) => ({
  lessons: lessons.map((lesson) => shown(lesson, now())),
  next,
})
