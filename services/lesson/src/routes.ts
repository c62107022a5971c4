import type { Caller, Routes } from '@repitbot/contracts/endpoint'
import type { familyLessonApi } from '@repitbot/contracts/family-lesson'
import type { lessonApi } from '@repitbot/contracts/lesson'
import type { Between } from '@repitbot/contracts/lesson-fields'
import type { lessonPolicyApi } from '@repitbot/contracts/lesson-policy'
import type { seriesApi } from '@repitbot/contracts/series'
import type { Deps } from './deps.ts'
import { cancelLesson, cancelLessonByFamily, readCancellationCost } from './flows/cancel-lesson.ts'
import { cancelSeriesFrom } from './flows/cancel-series.ts'
import { changePlannedLesson } from './flows/change-lesson.ts'
import { changeSeriesFrom } from './flows/change-series.ts'
import { completeLesson } from './flows/complete-lesson.ts'
import { correctLesson } from './flows/correct-lesson.ts'
import { moveLesson } from './flows/move-lesson.ts'
import { planLesson } from './flows/plan-lesson.ts'
import { planNewSeries } from './flows/plan-series.ts'
import { readSeries } from './flows/read-series.ts'
import { readSeriesAhead } from './flows/read-series-ahead.ts'
import { readSeriesComing } from './flows/read-series-coming.ts'
import { reopenLesson } from './flows/reopen-lesson.ts'
import { restoreLesson, restoreLessonByFamily } from './flows/restore-lesson.ts'
import { setPolicy } from './flows/set-policy.ts'
import { undoLesson } from './flows/undo-lesson.ts'
import { undoSeriesChange } from './flows/undo-series.ts'
import { waiveCharge } from './flows/waive-charge.ts'
import type { Lesson } from './rules/lesson.ts'
import { toSeriesReply } from './rules/series-lessons.ts'
import { toReply } from './rules/status.ts'

export const lessonRoutes = (deps: Deps): Routes<typeof lessonApi> => {
  const reply = async (lesson: Promise<Lesson>) => withNote(deps, await lesson)
  return {
    list: async ({ caller, query }) => {
      const { lessons, next } = await listLessons(deps, caller, query)
      return { lessons: lessons.map((lesson) => withNote(deps, lesson)), next }
    },
    get: ({ caller, params }) => reply(deps.store.getLesson(caller, params.lessonId)),
    plan: ({ caller, body }) => reply(planLesson(deps, caller, body)),
    change: ({ caller, params, body }) => reply(changePlannedLesson(deps, caller, { ...params, ...body })),
    complete: ({ caller, params, body }) => reply(completeLesson(deps, caller, { ...params, report: body })),
    correct: ({ caller, params, body: { version, ...report } }) => reply(correctLesson(deps, caller, { ...params, version, report })),
    reopen: ({ caller, params }) => reply(reopenLesson(deps, caller, params)),
    move: ({ caller, params, body }) => reply(moveLesson(deps, caller, { ...params, ...body })),
    cancel: ({ caller, params, body }) => reply(cancelLesson(deps, caller, { ...params, ...body })),
    restore: ({ caller, params }) => reply(restoreLesson(deps, caller, params)),
    undo: ({ caller, params, body }) => reply(undoLesson(deps, caller, { ...params, ...body })),
    waive: ({ caller, params }) => reply(waiveCharge(deps, caller, params)),
  }
}

export const familyRoutes = (deps: Deps): Routes<typeof familyLessonApi> => ({
  list: async ({ caller, query }) => {
    const { lessons, next } = await listLessons(deps, caller, query)
    return { lessons: lessons.map((lesson) => toReply(lesson, deps.now())), next }
  },
  get: async ({ caller, params }) => toReply(await deps.store.getLesson(caller, params.lessonId), deps.now()),
  cancellation: ({ caller, params }) => readCancellationCost(deps, caller, params.lessonId),
  cancel: async ({ caller, params, body }) => toReply(await cancelLessonByFamily(deps, caller, { ...params, ...body }), deps.now()),
  restore: async ({ caller, params }) => toReply(await restoreLessonByFamily(deps, caller, params), deps.now()),
})

export const policyRoutes = (deps: Deps): Routes<typeof lessonPolicyApi> => ({
  get: ({ caller }) => deps.store.getPolicy(caller),
  set: ({ caller, body }) => setPolicy(deps, caller, body),
})

export const seriesRoutes = (deps: Deps): Routes<typeof seriesApi> => ({
  list: async ({ caller, query }) => {
    const { series, next } = await deps.store.listSeries(caller, query)
    return { series: series.map(toSeriesReply), next }
  },
  coming: ({ caller, query }) => readSeriesComing(deps, caller, query),
  get: ({ caller, params }) => readSeries(deps, caller, params.seriesId),
  plan: async ({ caller, body }) => toSeriesReply(await planNewSeries(deps, caller, body)),
  change: async ({ caller, params, body }) => toSeriesReply(await changeSeriesFrom(deps, caller, { ...params, change: body })),
  ahead: ({ caller, params, query }) => readSeriesAhead(deps, caller, { ...params, ...query }),
  undo: async ({ caller, params, body }) => toSeriesReply(await undoSeriesChange(deps, caller, { ...params, ...body })),
  cancel: async ({ caller, params, body }) => toSeriesReply(await cancelSeriesFrom(deps, caller, { ...params, ...body })),
})

/** The lesson as those who give it read it, with the private note. Changes of the lesson keep a note that cannot be opened as it is. */
function withNote({ notes, now, log, unreadable }: Deps, lesson: Lesson) {
  const { sealedNote, ...reply } = toReply(lesson, now())
  if (!sealedNote) return reply
  const privateNote = notes.open(lesson.id, sealedNote)
  if (privateNote !== undefined) return { ...reply, privateNote }
  if (!unreadable.has(lesson.id))
    log.error({ lessonId: lesson.id }, 'A private note was sealed with another NOTE_SECRET and cannot be read')
  unreadable.add(lesson.id)
  return { ...reply, privateNoteUnreadable: true as const }
}

const listLessons = ({ store, now }: Deps, caller: Caller, { state, ...between }: Between) =>
  store.listLessons(caller, {
    ...between,
    begunBy: state === 'unreported' ? now() : undefined,
    owed: state === 'make_up_owed',
  })
