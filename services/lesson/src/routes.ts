import type { Routes } from '@repitbot/contracts/endpoint'
import type { familyLessonApi, lessonApi, lessonPolicyApi } from '@repitbot/contracts/lesson'
import type { seriesApi } from '@repitbot/contracts/series'
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
import type { Inside } from './inside.ts'
import type { Lesson } from './rules/lesson.ts'
import { shownSeries } from './rules/series-lessons.ts'
import { shown } from './rules/status.ts'

export const lessonRoutes = (inside: Inside): Routes<typeof lessonApi> => {
  const show = async (lesson: Promise<Lesson>) => shown(await lesson, inside.now())
  return {
    list: async ({ caller, query }) => listed(inside, await inside.store.listLessons(caller, query)),
    get: ({ caller, params }) => show(inside.store.getLesson(caller, params.lessonId)),
    plan: ({ caller, body }) => show(planLesson(inside, caller, body)),
    complete: ({ caller, params, body }) => show(completeLesson(inside, caller, { ...params, report: body })),
    correct: ({ caller, params, body }) => show(correctLesson(inside, caller, { ...params, report: body })),
    reopen: ({ caller, params }) => show(reopenLesson(inside, caller, params)),
    move: ({ caller, params, body }) => show(moveLesson(inside, caller, { ...params, ...body })),
    cancel: ({ caller, params, body }) => show(cancelLesson(inside, caller, { ...params, ...body })),
    waive: ({ caller, params }) => show(waiveCharge(inside, caller, params)),
  }
}

export const familyRoutes = (inside: Inside): Routes<typeof familyLessonApi> => ({
  list: async ({ caller, query }) => listed(inside, await inside.store.listLessons(caller, query)),
  get: async ({ caller, params }) => shown(await inside.store.getLesson(caller, params.lessonId), inside.now()),
  cancel: async ({ caller, params, body }) => shown(await cancelLessonByFamily(inside, caller, { ...params, ...body }), inside.now()),
})

export const policyRoutes = ({ store }: Inside): Routes<typeof lessonPolicyApi> => ({
  get: ({ caller }) => store.getPolicy(caller),
  set: ({ caller, body }) => store.setPolicy(caller, body),
})

export const seriesRoutes = (inside: Inside): Routes<typeof seriesApi> => ({
  list: async ({ caller, query }) => {
    const { series, next } = await inside.store.listSeries(caller, query)
    return { series: series.map(shownSeries), next }
  },
  get: ({ caller, params }) => readSeries(inside, caller, params.seriesId),
  plan: async ({ caller, body }) => shownSeries(await planNewSeries(inside, caller, body)),
  change: async ({ caller, params, body }) => shownSeries(await changeSeriesFrom(inside, caller, { ...params, change: body })),
  cancel: async ({ caller, params, body }) => shownSeries(await cancelSeriesFrom(inside, caller, { ...params, ...body })),
})

const listed = ({ now }: Inside, { lessons, next }: { lessons: Lesson[]; next: string | null }) => ({
  lessons: lessons.map((lesson) => shown(lesson, now())),
  next,
})
